using Microsoft.Playwright;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>Six weeks of a weekday at the doors, and the chart that tells whether today is like them.</summary>
public sealed class UsualDayStoryTests : ClubStory
{
    private const int Weeks = 6;

    // So many people count as inside at these hours of a usual day; the weeks differ by a few.
    private static readonly (double Hour, int Inside)[] UsualDay =
        [(6, 3), (7, 9), (8, 6), (10, 3), (12, 8), (14, 4), (16, 7), (17.5, 14), (18.5, 18), (20, 9), (21.5, 0)];

    private readonly List<Guest> guests = [];
    private readonly Stack<Guest> outside = new();
    private readonly Queue<Guest> inside = new();
    private Place place = null!;

    private ILocator Chart => Page.GetByTestId("usual-day");

    [Fact]
    public async Task Chart_IsHonestWithoutAHistory_AndShowsOneAfterSixWeeks()
    {
        place = await Club.Place(timeZone: "UTC");
        for (var i = 0; i < 24; i++)
        {
            var member = await Club.Member($"Ruth {i}");
            (await Club.Admin.Post($"/api/members/{member}/memberships", new
            {
                planId = await LongPlan(),
                startsOn = Club.Clock.Day(-1),
                paid = true,
            })).Ok();
            guests.Add(new Guest(member, await Club.Badge(member)));
        }

        guests.ForEach(outside.Push);
        await Screen.SignInAdmin(Club);
        await Page.GotoAsync("/live");
        await Expect(Chart.GetByText("Le jour habituel sera connu après deux semaines")).ToBeVisibleAsync();
        await Screen.Examine("usual-day-none");
        var first = new DateTimeOffset(Club.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        for (var week = 0; week < Weeks; week++)
        {
            await ADay(first.AddDays(7 * week), (week % 3) - 1, untilHour: 24);
        }

        // Today is fuller than usual, and it is a quarter to seven in the evening.
        var today = first.AddDays(7 * Weeks);
        await ADay(today, 4, untilHour: 18.6);
        Club.Clock.MoveTo(today.AddHours(18.75));
        await Club.SignInAdmin();
        await Screen.SignInAdmin(Club);
        await Page.GotoAsync("/live");
        await Expect(Chart.GetByText("de plus que d’habitude, sur 6 jours.")).ToBeVisibleAsync();
        await Screen.Examine("usual-day");
        await Page.SetViewportSizeAsync(390, 844);
        await Chart.ScrollIntoViewIfNeededAsync();
        await Screen.Examine("usual-day-phone");
        await Chart.GetByText("Voir les chiffres").ClickAsync();
        await Expect(Chart.GetByRole(AriaRole.Row)).ToHaveCountAsync(19);
        await Screen.Examine("usual-day-figures");
        Screen.TakeComplaints();
    }

    private async Task ADay(DateTimeOffset day, int more, double untilHour)
    {
        foreach (var (hour, count) in UsualDay.Where(step => step.Hour <= untilHour))
        {
            Club.Clock.MoveTo(day.AddHours(hour));
            var wanted = count == 0 ? 0 : Math.Max(0, count + more);
            while (inside.Count < wanted)
            {
                var guest = outside.Pop();
                (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
                inside.Enqueue(guest);
            }

            while (inside.Count > wanted)
            {
                var guest = inside.Dequeue();
                (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok");
                outside.Push(guest);
            }
        }
    }

    private async Task<string> LongPlan() => longPlan ??= await Club.Plan(place.Zone, months: 12);

    private string? longPlan;
}
