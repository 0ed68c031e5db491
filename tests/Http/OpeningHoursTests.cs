using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>When sites are open: said in the settings, read on members' phones.</summary>
public sealed class OpeningHoursTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    [Fact]
    public async Task Hours_AreReadOnPhones_AsInstants_WithDaysThatDiffer()
    {
        club.Clock.MoveTo(new DateTimeOffset(2027, 3, 26, 9, 0, 0, TimeSpan.Zero));
        await club.SignInAdmin();
        var place = await club.Place(timeZone: "Europe/Paris");
        var elsewhere = await club.Site();
        var every = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
        var body = new
        {
            week = new object[]
            {
                new { days = every, from = "06:00", to = "12:00" }, new { days = every, from = "18:00", to = "02:00" },
            },
            days = new object[]
            {
                new { day = "2027-03-27", name = "Travaux" },
                new { day = "2027-05-01", name = "Fête du travail", from = "10:00", to = "24:00" },
            },
        };
        (await club.Admin.Post($"/api/sites/{place.Site}/hours", body)).Ok();
        (await club.Admin.Post($"/api/sites/{elsewhere}/hours", body)).Ok();
        var told = (await club.Admin.Get("/api/sites")).Ok().Items
            .Single(s => s.GetProperty("id").GetString() == place.Site);
        Assert.Equal(2, told.GetProperty("hours").GetProperty("week").GetArrayLength());

        var (member, phone) = await MemberPhone.Of(club);
        using var held = phone;
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        var site = (await phone.Me.Get("/api/me/hours")).Ok().Items.Single();
        Assert.Equal(place.Site, site.GetProperty("siteId").GetString());
        var days = site.GetProperty("days").EnumerateArray().ToDictionary(d => d.GetProperty("day").GetString()!);
        Assert.Equal(("2027-03-25", "2027-05-01"), (days.Keys.First(), days.Keys.Last()));
        Assert.Empty(Spans(days["2027-03-27"]));
        Assert.Equal("Travaux", days["2027-03-27"].GetProperty("name").GetString());

        // The night in which clocks are put forward has an hour less.
        Assert.Equal(
            [
                "2027-03-26T05:00:00Z 2027-03-26T11:00:00Z",
                "2027-03-26T17:00:00Z 2027-03-27T01:00:00Z",
            ],
            Spans(days["2027-03-26"]));
        Assert.Equal("2027-03-28T04:00:00Z 2027-03-28T10:00:00Z", Spans(days["2027-03-28"])[0]);
        Assert.Equal(["2027-05-01T08:00:00Z 2027-05-01T22:00:00Z"], Spans(days["2027-05-01"]));
        await club.Restart();
        Assert.Single((await phone.Me.Get("/api/me/hours")).Ok().Items);
    }

    [Fact]
    public async Task Hours_AreChecked_AndSetByWhoSetsTheSiteUp()
    {
        var site = await club.Site();
        var path = $"/api/sites/{site}/hours";
        var twice = new { day = "2027-05-01" };
        var wrong = (await club.Admin.Post(path, new
        {
            week = new[] { new { days = new[] { "monday" }, from = "6", to = "25:00" } },
            days = new[] { twice, twice },
        })).Refused(400, "invalid_request");
        foreach (var field in new[] { "week[0].days", "week[0].from", "week[0].to", "\"days\"" })
        {
            Assert.Contains(field, wrong.Text, StringComparison.Ordinal);
        }

        var none = new { week = Array.Empty<object>() };
        (await club.Admin.Post("/api/sites/sit_1/hours", none)).Refused(404, "not_found");
        (await (await staff.Join(new { role = "desk" })).Post(path, none)).Refused(403, "forbidden");
        var here = await staff.Join(new { role = "manager", siteId = site });
        (await here.Post(path, none)).Ok();
        (await here.Post($"/api/sites/{await club.Site()}/hours", none)).Refused(403, "forbidden");
    }

    private static IReadOnlyList<string> Spans(JsonElement day) =>
    [
        .. day.GetProperty("spans").EnumerateArray()
            .Select(s => $"{s.GetProperty("from").GetString()} {s.GetProperty("to").GetString()}"),
    ];
}
