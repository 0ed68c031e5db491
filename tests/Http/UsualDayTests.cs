using System.Text.Json;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Tests.Http;

/// <summary>Today beside the same weekday of the weeks before, from visits that happened.</summary>
public sealed class UsualDayTests
{
    [Fact]
    public async Task UsualDay_IsKnownFromTwoPastWeeks_AndTodayStopsAtNow()
    {
        var club = new HttpClub();
        await club.InitializeAsync();
        try
        {
            var place = await club.Place(timeZone: "UTC");
            var start = club.Clock.GetUtcNow();
            var guests = new[] { await club.Guest(place, "Ruth"), await club.Guest(place, "Ben") };
            Assert.Equal(JsonValueKind.Null, (await Usual(club.Admin, place.Site)).GetProperty("usual").ValueKind);
            long? position = 0;
            for (var week = 0; week < 3; week++)
            {
                var day = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero).AddDays((week * 7) + 1);
                club.Clock.MoveTo(day.AddHours(9));
                foreach (var guest in guests[..(week == 0 ? 1 : 2)])
                {
                    position = (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok").DecidedAt();
                }

                club.Clock.MoveTo(day.AddHours(11).AddMinutes(5));
                foreach (var guest in week == 2 ? [] : guests[..(week + 1)])
                {
                    position = (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok").DecidedAt();
                }
            }

            // The first session is long over by then.
            var manager = await club.SignIn(await club.Account(StaffRole.Manager));
            (await manager.Get($"/api/members/{guests[0].Member}?after={position}")).Ok();
            var usual = await Usual(manager, place.Site);
            Assert.Equal(2, usual.GetProperty("days").GetInt32());
            var ten = usual.GetProperty("usual")[20];
            Assert.Equal(
                (1.2, 1.5, 1.8),
                (ten.GetProperty("low").GetDouble(), ten.GetProperty("middle").GetDouble(),
                    ten.GetProperty("high").GetDouble()));
            Assert.Equal(0, usual.GetProperty("usual")[24].GetProperty("high").GetDouble());
            var today = usual.GetProperty("today").EnumerateArray().Select(count => count.GetInt32()).ToList();
            Assert.Equal((23, 0, 2), (today.Count, today[17], today[^1]));
        }
        finally
        {
            await club.DisposeAsync();
        }
    }

    [Fact]
    public async Task UsualDay_IsForThoseOfTheSite()
    {
        var club = new HttpClub();
        await club.InitializeAsync();
        try
        {
            var site = await club.Site();
            var elsewhere = await new StaffSteps(club).Join(new { role = "desk", siteId = await club.Site() });
            (await elsewhere.Get($"/api/sites/{site}/usual-day")).Refused(404, "not_found");
            (await club.Admin.Get("/api/sites/nothing/usual-day")).Refused(404, "not_found");
        }
        finally
        {
            await club.DisposeAsync();
        }
    }

    private static async Task<JsonElement> Usual(Api who, string site) =>
        (await who.Get($"/api/sites/{site}/usual-day")).Ok().Body;
}
