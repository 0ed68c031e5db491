namespace SmartClub.Tests.Http;

/// <summary>A zone of a site with a plan that opens it and a gate that leads there.</summary>
internal sealed record Place(string Site, string Zone, string Plan, GateDevice Gate);

/// <summary>A member with a badge.</summary>
internal sealed record Guest(string Member, string Badge);

/// <summary>Steps that many tests take as the administrator.</summary>
internal static class ClubSteps
{
    public static async Task<string> Site(this HttpClub club, string timeZone = "Africa/Kinshasa") =>
        (await club.Admin.Post("/api/sites", new { name = $"Gombe {club.Number()}", timeZone, currency = "USD" }))
            .Ok()["id"];

    public static async Task<string> Zone(
        this HttpClub club, string siteId, string antiPassback = "off", int forgivenessMinutes = 0,
        int? capacity = null) =>
        (await club.Admin.Post(
            "/api/zones",
            new { siteId, name = $"Musculation {club.Number()}", antiPassback, forgivenessMinutes, capacity }))
            .Ok()["id"];

    public static async Task<string> Plan(
        this HttpClub club, string zoneId, int months = 1, int? visitsPerPeriod = null, object? schedule = null) =>
        (await club.Admin.Post("/api/plans", new
        {
            name = $"Premium {club.Number()}",
            months,
            price = new { amount = 3_000, currency = "USD" },
            entitlements = new[] { new { zoneId, schedule } },
            visitsPerPeriod,
        })).Ok()["id"];

    public static async Task<GateDevice> Gate(
        this HttpClub club, string siteId, string zoneId, bool confirmsPassage = false)
    {
        var made = (await club.Admin.Post(
            "/api/gates",
            new { name = $"Entrée {club.Number()}", siteId, zoneId, direction = "both", confirmsPassage })).Ok();
        return new GateDevice(club, made["id"], Convert.FromBase64String(made["key"]));
    }

    public static async Task<string> Member(this HttpClub club, string firstName = "Ruth") =>
        (await club.Admin.Post("/api/members", new { firstName, lastName = "Lukusa" })).Ok()["id"];

    public static async Task<Reply> Membership(
        this HttpClub club, string member, string planId, string startsOn, bool paid = true) =>
        (await club.Admin.Post($"/api/members/{member}/memberships", new { planId, startsOn, paid })).Ok();

    public static async Task<string> Badge(this HttpClub club, string member)
    {
        var value = $"04:A2:{club.Number()}";
        (await club.Admin.Post($"/api/members/{member}/credentials", new { kind = "rfid", value })).Ok();
        return value;
    }

    public static async Task<Place> Place(
        this HttpClub club, string antiPassback = "off", int? capacity = null, bool confirmsPassage = false,
        int? visitsPerPeriod = null, string timeZone = "Africa/Kinshasa")
    {
        var site = await club.Site(timeZone);
        var zone = await club.Zone(site, antiPassback, capacity: capacity);
        return new Place(
            site, zone, await club.Plan(zone, visitsPerPeriod: visitsPerPeriod),
            await club.Gate(site, zone, confirmsPassage));
    }

    /// <summary>Somebody whose membership runs since yesterday, with a badge.</summary>
    public static async Task<Guest> Guest(this HttpClub club, Place place, string firstName = "Ruth")
    {
        var member = await club.Member(firstName);
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        return new Guest(member, await club.Badge(member));
    }
}
