using System.Globalization;

namespace SmartClub.Tests.Http;

/// <summary>First and last days at the door, in the site's time zone. Each test moves its own club's clock.</summary>
public sealed class MembershipDayTests : IAsyncLifetime
{
    private readonly HttpClub club = new();

    public Task InitializeAsync() => club.InitializeAsync();

    public Task DisposeAsync() => club.DisposeAsync();

    [Fact]
    public async Task Month_EndsOnTheLastOfFebruary_WhenItBeginsOn31January()
    {
        var (gate, member, badge) = await Member("Africa/Kinshasa", "2027-01-31", "2027-02-28");
        Assert.Equal("2027-02-28", (await club.Admin.Get($"/api/members/{member}")).Ok()["expiresOn"]);

        // Kinshasa is an hour ahead of UTC all the year.
        club.Clock.MoveTo(Utc("2027-01-30T22:59:00Z"));
        (await gate.Scan(badge)).Decides("deny", "not_started");
        club.Clock.MoveTo(Utc("2027-01-30T23:00:00Z"));
        (await gate.Scan(badge)).Decides("grant", "ok");
        club.Clock.MoveTo(Utc("2027-02-28T22:58:30Z"));
        (await gate.Scan(badge)).Decides("grant", "ok");
        club.Clock.MoveTo(Utc("2027-02-28T23:00:00Z"));
        (await gate.Scan(badge, "out")).Decides("grant", "ok");
        (await gate.Scan(badge)).Decides("deny", "expired");
    }

    [Fact]
    public async Task Membership_EndsAtLocalMidnight_OnTheDayThatIsAnHourShort()
    {
        // Paris puts its clocks forward in the night to Sunday 28 March 2027.
        var (gate, _, badge) = await Member("Europe/Paris", "2027-02-28", "2027-03-27");

        club.Clock.MoveTo(Utc("2027-03-27T22:58:30Z"));
        (await gate.Scan(badge)).Decides("grant", "ok");
        club.Clock.MoveTo(Utc("2027-03-27T23:00:00Z"));
        (await gate.Scan(badge, "out")).Decides("grant", "ok");
        (await gate.Scan(badge)).Decides("deny", "expired");
    }

    [Fact]
    public async Task Membership_LastsTheShortDay_UntilItsMidnightInSummerTime()
    {
        var (gate, _, badge) = await Member("Europe/Paris", "2027-03-01", "2027-03-31");

        club.Clock.MoveTo(Utc("2027-03-31T21:58:30Z"));
        (await gate.Scan(badge)).Decides("grant", "ok");
        club.Clock.MoveTo(Utc("2027-03-31T22:00:00Z"));
        (await gate.Scan(badge, "out")).Decides("grant", "ok");
        (await gate.Scan(badge)).Decides("deny", "expired");
    }

    private async Task<(GateDevice Gate, string Member, string Badge)> Member(
        string timeZone, string startsOn, string expiresOn)
    {
        var place = await club.Place(timeZone: timeZone);
        var member = await club.Member();
        var term = await club.Membership(member, place.Plan, startsOn);
        Assert.Equal(expiresOn, term["expiresOn"]);
        return (place.Gate, member, await club.Badge(member));
    }

    private static DateTimeOffset Utc(string moment) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
