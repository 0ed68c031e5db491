using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Http;

/// <summary>Every "no" of the staff API: its status, its stable code, and its words in both languages.</summary>
public sealed class RefusalTests(HttpClub club) : IClassFixture<HttpClub>
{
    private const string NoSite = "ste_00000000000000000000000000";
    private const string NoZone = "zon_00000000000000000000000000";
    private const string NoPlan = "pln_00000000000000000000000000";
    private const string NoMember = "mbr_00000000000000000000000000";
    private const string NoGate = "gat_00000000000000000000000000";
    private const string NoMembership = "mbs_00000000000000000000000000";
    private const string NoCredential = "crd_00000000000000000000000000";

    public static TheoryData<string, string, int, string> Bodies => new()
    {
        { "/api/sites", """{"name":"A","timeZone":"Africa/Nowhere","currency":"USD"}""", 422, "unknown_time_zone" },
        { "/api/sites", """{"name":"A","timeZone":"Africa/Kinshasa","currency":"XXX"}""", 422, "unknown_currency" },
        { "/api/zones", Zone(NoSite), 422, "unknown_site" },
        { "/api/plans", Plan("USD", NoZone), 422, "unknown_zone" },
        { "/api/plans", Plan("XXX", NoZone), 422, "unknown_currency" },
        { "/api/gates", Gate(NoSite, NoZone), 422, "unknown_site" },
        { "/api/gates", Gate("{site}", NoZone), 422, "unknown_zone" },
        { "/api/gates", Gate("{site}", "{other zone}"), 422, "unknown_zone" },
        { $"/api/gates/{NoGate}", GateChange("{zone}"), 404, "not_found" },
        { "/api/gates/{gate}", GateChange(NoZone), 422, "unknown_zone" },
        { "/api/gates/{gate}", GateChange("{other zone}"), 422, "unknown_zone" },
        { $"/api/sites/{NoSite}", Site("Africa/Kinshasa", "USD"), 404, "not_found" },
        { "/api/sites/{site}", Site("Africa/Nowhere", "USD"), 422, "unknown_time_zone" },
        { "/api/sites/{site}", Site("Africa/Kinshasa", "XXX"), 422, "unknown_currency" },
        { $"/api/plans/{NoPlan}", Plan("USD", "{zone}"), 404, "not_found" },
        { "/api/plans/{plan}", Plan("USD", NoZone), 422, "unknown_zone" },
        { "/api/plans/{plan}", Plan("XXX", "{zone}"), 422, "unknown_currency" },
        { $"/api/plans/{NoPlan}/retire", "", 404, "not_found" },
        { $"/api/plans/{NoPlan}/reinstate", "", 404, "not_found" },
        { $"/api/gates/{NoGate}/disable", "", 404, "not_found" },
        { $"/api/gates/{NoGate}/enable", "", 404, "not_found" },
        { $"/api/gates/{NoGate}/key", "", 404, "not_found" },
        { $"/api/members/{NoMember}/suspend", """{"reason":"x"}""", 404, "not_found" },
        { $"/api/members/{NoMember}/resume", """{"reason":"x"}""", 404, "not_found" },
        { $"/api/members/{NoMember}/memberships", Membership("{plan}", "{today}"), 404, "not_found" },
        { "/api/members/{member}/memberships", Membership(NoPlan, "{today}"), 422, "unknown_plan" },
        { "/api/members/{member}/memberships", Membership("{plan}", "1999-01-01"), 400, "invalid_start" },
        { $"/api/members/{{member}}/memberships/{NoMembership}/pay", "", 404, "not_found" },
        { $"/api/members/{{member}}/memberships/{NoMembership}/freeze", "", 404, "not_found" },
        { $"/api/members/{{member}}/memberships/{NoMembership}/unfreeze", "", 404, "not_found" },
        { $"/api/members/{NoMember}/credentials", """{"kind":"rfid","value":"x"}""", 404, "not_found" },
        { "/api/members/{member}/credentials", """{"kind":"rfid","value":"{badge}"}""", 409, "credential_in_use" },
        { "/api/members/{other}/credentials", """{"kind":"rfid","value":"{badge}"}""", 409, "credential_in_use" },
        { $"/api/members/{{member}}/credentials/{NoCredential}/revoke", "", 404, "not_found" },
        { $"/api/members/{NoMember}/kind", """{"kind":"staff"}""", 404, "not_found" },
        { $"/api/members/{NoMember}/printed-codes", "", 404, "not_found" },
        { $"/api/members/{NoMember}/guests", Guest("{other}", "{plan}"), 404, "not_found" },
        { "/api/members/{member}/guests", Guest("{member}", "{plan}"), 409, "guest_is_host" },
        { "/api/members/{member}/guests", Guest("{other}", "{plan}"), 409, "no_guests_left" },
        { $"/api/members/{NoMember}/rights", Given("{site}"), 404, "not_found" },
        { "/api/members/{member}/rights", Given("{site}"), 409, "not_staff_or_supplier" },
        { $"/api/plans/{NoPlan}/guests", """{"guestsPerPeriod":1}""", 404, "not_found" },
        { "/api/nothing", "{}", 404, "not_found" },
        { "/api/members/../nothing", "{}", 404, "not_found" },
        { "/api/sites", "{", 400, "invalid_request" },
        { "/api/sites", "null", 400, "invalid_request" },
        { "/api/sites", "[]", 400, "invalid_request" },
    };

    public static TheoryData<string, string, string, string> Fields => new()
    {
        { "/api/sites", "{}", "name", "required" },
        { "/api/sites", """{"name":"  "}""", "name", "required" },
        { "/api/sites", """{"name":"a\u0000b"}""", "name", "not_clean" },
        { "/api/sites", """{"name":"a\ud800b"}""", "name", "not_clean" },
        { "/api/sites", """{"name":"a\nb"}""", "name", "not_clean" },
        { "/api/sites", $$"""{"name":"{{new string('a', 201)}}"}""", "name", "too_long" },
        { "/api/sites", """{"name":5}""", "name", "invalid" },
        { "/api/sites", """{"timeZone":"../../etc/passwd"}""", "timeZone", "invalid" },
        { "/api/zones", """{"siteId":"zon_1"}""", "siteId", "invalid" },
        { "/api/zones", """{"antiPassback":"harder"}""", "antiPassback", "invalid" },
        { "/api/zones", """{"antiPassback":1}""", "antiPassback", "invalid" },
        { "/api/zones", """{"forgivenessMinutes":-1}""", "forgivenessMinutes", "out_of_range" },
        { "/api/zones", """{"forgivenessMinutes":1.5}""", "forgivenessMinutes", "invalid" },
        { "/api/zones", """{"forgivenessMinutes":99999999999}""", "forgivenessMinutes", "invalid" },
        { "/api/zones", """{"capacity":0}""", "capacity", "out_of_range" },
        { "/api/plans", """{"months":1,"days":1}""", "days", "invalid" },
        { "/api/plans", """{"months":0}""", "months", "out_of_range" },
        { "/api/plans", "{}", "months", "required" },
        { "/api/plans", """{"price":{"amount":-1}}""", "price.amount", "out_of_range" },
        { "/api/plans", """{"price":{"amount":1.5}}""", "price.amount", "invalid" },
        { "/api/plans", """{"entitlements":[]}""", "entitlements", "required" },
        { "/api/plans", """{"entitlements":[{}]}""", "entitlements[0].zoneId", "required" },
        { "/api/plans", """{"entitlements":[null]}""", "entitlements[0].zoneId", "required" },
        { "/api/plans", Hours("""{"days":["moon"]}"""), "entitlements[0].schedule[0].days", "invalid" },
        { "/api/plans", Hours("""{"from":"9h"}"""), "entitlements[0].schedule[0].from", "invalid" },
        { "/api/plans", """{"visitsPerPeriod":0}""", "visitsPerPeriod", "out_of_range" },
        { "/api/gates", """{"direction":"up"}""", "direction", "invalid" },
        { "/api/gates", "{}", "confirmsPassage", "required" },
        { "/api/plans/{plan}/guests", """{"guestsPerPeriod":-1}""", "guestsPerPeriod", "out_of_range" },
        { "/api/members", """{"kind":"ghost"}""", "kind", "invalid" },
        { "/api/members/{member}/guests", "{}", "guestId", "required" },
        { "/api/members/{member}/rights", """{"gateIds":[]}""", "gateIds", "out_of_range" },
        { "/api/members/{member}/rights", """{"gateIds":["x"]}""", "gateIds[0]", "invalid" },
        { "/api/members", """{"firstName":"Ruth"}""", "lastName", "required" },
        { "/api/members", """{"email":"ruth"}""", "email", "invalid" },
        { "/api/members", """{"phone":"call me"}""", "phone", "invalid" },
        { "/api/members/{member}/suspend", "{}", "reason", "required" },
        { "/api/members/{member}/memberships", """{"startsOn":"2026-02-30"}""", "startsOn", "invalid" },
        { "/api/members/{member}/memberships", """{"startsOn":"24/11/2026"}""", "startsOn", "invalid" },
        { "/api/members/{member}/memberships", "{}", "paid", "required" },
        { "/api/members/{member}/credentials", """{"kind":"stone"}""", "kind", "invalid" },
        { "/api/members/{member}/credentials", $$"""{"value":"{{new string('a', 513)}}"}""", "value", "too_long" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Api_Refuses_InBothLanguages(string path, string body, int status, string code)
    {
        var (there, sent) = await Fill(path, body);
        var french = (await Post(there, sent, "fr")).Refused(status, code);
        var english = (await Post(there, sent, "en")).Refused(status, code);

        Assert.Equal(Texts.Get("fr", "problem." + code), french.Detail);
        Assert.Equal(Texts.Get("en", "problem." + code), english.Detail);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Api_NamesTheField_InBothLanguages(string path, string body, string field, string code)
    {
        var (there, sent) = await Fill(path, body);
        foreach (var language in Texts.Languages)
        {
            var answer = (await Post(there, sent, language)).Refused(400, "invalid_request");
            var error = Assert.Single(
                answer.Body.GetProperty("errors").EnumerateArray(), e => e.GetProperty("field").GetString() == field);
            Assert.Equal(code, error.GetProperty("code").GetString());
            Assert.Equal(Texts.Get(language, "field." + code), error.GetProperty("detail").GetString());
        }
    }

    [Theory]
    [InlineData("/api/members/" + NoMember)]
    [InlineData("/api/members/" + NoMember + "/timeline")]
    [InlineData("/api/members/somebody")]
    [InlineData("/api/members/" + NoSite)]
    [InlineData("/api/nothing")]
    public async Task Read_IsRefused_WhereNothingIs(string path) =>
        (await club.Admin.Get(path)).Refused(404, "not_found");

    [Theory]
    [InlineData("/api/sites?after=-1")]
    [InlineData("/api/sites?after=x")]
    [InlineData("/api/sites?after=99999999999999999999")]
    [InlineData("/api/members?after=1.5")]
    public async Task Read_IsRefused_BehindNoPosition(string path) =>
        (await club.Admin.Get(path)).Refused(400, "invalid_position");

    [Fact]
    public async Task Body_IsRefused_WhenItIsNotJsonOrTooLarge()
    {
        var text = new HttpRequestMessage(HttpMethod.Post, "/api/sites") { Content = new StringContent("name=A") };
        (await club.Admin.Send(text)).Refused(415, "unsupported_media_type");
        var large = new { name = new string('a', 70_000) };
        (await club.Admin.Post("/api/sites", large)).Refused(413, "request_too_large");
    }

    private async Task<Reply> Post(string path, string body, string language)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        return await club.Admin.Send(request, ("Accept-Language", language));
    }

    // Puts what there is into the words in braces; nothing is made that the case does not name.
    private async Task<(string Path, string Body)> Fill(string path, string body)
    {
        var text = path + "\n" + body;
        text = text.Replace("{today}", club.Clock.Day(), StringComparison.Ordinal);
        text = await Put(text, "{site}", () => club.Site());
        text = await Put(text, "{other zone}", async () => await club.Zone(await club.Site()));
        text = await Put(text, "{zone}", async () => await club.Zone(await club.Site()));
        text = await Put(text, "{gate}", async () => (await club.Place()).Gate.Id);
        text = await Put(text, "{plan}", async () => await club.Plan(await club.Zone(await club.Site())));
        var member = "";
        text = await Put(text, "{member}", async () => member = await club.Member());
        text = await Put(text, "{other}", () => club.Member());
        text = await Put(
            text, "{badge}", async () => await club.Badge(member.Length > 0 ? member : await club.Member()));
        return (text.Split('\n', 2)[0], text.Split('\n', 2)[1]);
    }

    private static async Task<string> Put(string text, string word, Func<Task<string>> make) =>
        text.Contains(word, StringComparison.Ordinal)
            ? text.Replace(word, await make(), StringComparison.Ordinal)
            : text;

    private static string Zone(string site) =>
        $$"""{"siteId":"{{site}}","name":"A","antiPassback":"off","forgivenessMinutes":0}""";

    private static string Plan(string currency, string zone) =>
        $$"""
        {"name":"A","months":1,"price":{"amount":1,"currency":"{{currency}}"},"entitlements":[{"zoneId":"{{zone}}"}]}
        """;

    private static string Hours(string hours) => "{\"entitlements\":[{\"schedule\":[" + hours + "]}]}";

    private static string Gate(string site, string zone) =>
        $$"""{"name":"A","siteId":"{{site}}","zoneId":"{{zone}}","direction":"in","confirmsPassage":false}""";

    private static string GateChange(string zone) =>
        $$"""{"name":"A","zoneId":"{{zone}}","direction":"in","confirmsPassage":false}""";

    private static string Site(string timeZone, string currency) =>
        $$"""{"name":"A","timeZone":"{{timeZone}}","currency":"{{currency}}"}""";

    private static string Membership(string plan, string day) =>
        $$"""{"planId":"{{plan}}","startsOn":"{{day}}","paid":true}""";

    private static string Guest(string guest, string plan) =>
        $$"""{"guestId":"{{guest}}","planId":"{{plan}}","startsOn":"{today}","paid":true}""";

    private static string Given(string site) =>
        $$"""
        {"siteId":"{{site}}","name":"A","startsOn":"{today}","lastDay":"{today}",
        "entitlements":[{"zoneId":"{{NoZone}}"}]}
        """;
}
