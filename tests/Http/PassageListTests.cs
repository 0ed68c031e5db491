using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>Visits and anomalies as lists that are read by place, by person, by zone and by time.</summary>
public sealed class PassageListTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Theory]
    [InlineData("visits")]
    [InlineData("anomalies")]
    public async Task List_IsTheSame_FromWhicheverPlaceItIsRead(string what)
    {
        const int count = 7;
        var (word, last) = await Admitted(await club.Place(), count);
        var list = $"/api/lists/{what}?query={word}&after={last.Position}";
        var whole = (await club.Admin.Get(list)).Ok().Items.Select(Id).ToList();
        Assert.Equal(count, whole.Count);
        for (var offset = 0; offset <= count; offset++)
        {
            var page = (await club.Admin.Get($"{list}&offset={offset}&count=3")).Ok();
            Assert.Equal(whole.Skip(offset).Take(3), page.Items.Select(Id));

            // Counted once, at the top.
            Assert.Equal(offset == 0 ? $"{count}" : "", page.Body.GetProperty("total").ToString());
        }

        // The other way through it, page after page, comes to the same.
        var found = new List<string?>();
        var next = "";
        do
        {
            var page = (await club.Admin.Get($"{list}&count=3{next}")).Ok();
            found.AddRange(page.Items.Select(Id));
            next = page.Body.GetProperty("next") is { ValueKind: JsonValueKind.String } cursor
                ? "&cursor=" + Uri.EscapeDataString(cursor.GetString()!)
                : null;
        }
        while (next is not null);
        Assert.Equal(whole, found);
    }

    [Fact]
    public async Task Visits_AreThoseOfAZone_OfATime_AndOfWhoIsInside()
    {
        var (here, there) = (await club.Place(), await club.Place());
        var before = club.Clock.GetUtcNow();
        var (word, _) = await Admitted(here, 2);
        club.Clock.MoveTo(before.AddHours(2));
        var between = club.Clock.GetUtcNow();
        var (other, last) = await Admitted(there, 1);

        Assert.Equal(2, await Count("visits", $"zoneId={here.Zone}", last));
        Assert.Equal(0, await Count("visits", $"zoneId={here.Zone}&query={other}", last));
        Assert.Equal(2, await Count("visits", $"query={word}&inside=true", last));
        foreach (var what in new[] { "visits", "anomalies" })
        {
            Assert.Equal(1, await Count(what, $"query={other}&from={between:O}", last));
            Assert.Equal(0, await Count(what, $"query={word}&from={between:O}", last));
            Assert.Equal(2, await Count(what, $"query={word}&from={before:O}&to={between:O}", last));
        }

        Assert.Equal(2, await Count("anomalies", $"query={word}&kind=by_hand", last));
        Assert.Equal(0, await Count("anomalies", $"query={word}&kind=refused", last));
    }

    [Theory]
    [InlineData("visits?offset=-1")]
    [InlineData("visits?offset=200001")]
    [InlineData("visits?count=501")]
    [InlineData("visits?offset=1&cursor=x")]
    [InlineData("visits?zoneId=x")]
    [InlineData("visits?memberId=x")]
    [InlineData("visits?from=yesterday")]
    [InlineData("anomalies?count=0")]
    [InlineData("anomalies?offset=1&cursor=5")]
    [InlineData("anomalies?cursor=x")]
    [InlineData("anomalies?reason=bad_mood")]
    public async Task List_HasNoSuchPlace(string list) =>
        (await club.Admin.Get($"/api/lists/{list}")).Refused(400, "invalid_request");

    private static string? Id(JsonElement row) => row.GetProperty("id").GetString();

    private async Task<int> Count(string what, string filter, Reply after) =>
        (await club.Admin.Get($"/api/lists/{what}?{filter.Replace("+", "%2B", StringComparison.Ordinal)}"
            + $"&after={after.Position}")).Ok().Body.GetProperty("total").GetInt32();

    // Whoever is let in by hand visits the club, and is something to look into.
    private async Task<(string Word, Reply Last)> Admitted(Place place, int count)
    {
        var word = $"passe{club.Number()}";
        Reply last = null!;
        for (var i = 0; i < count; i++)
        {
            var made = (await club.Admin.Post("/api/members", new { firstName = $"N{i}", lastName = word })).Ok();
            last = (await club.Admin.Post(
                $"/api/members/{made["id"]}/admit", new { gateId = place.Gate.Id, reason = "Paie à la sortie" })).Ok();
        }

        return (word, last);
    }
}
