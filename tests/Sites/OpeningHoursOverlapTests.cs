using SmartClub.Grains.Model;

namespace SmartClub.Tests.Sites;

/// <summary>Hours that run into others, of the same day or of the next one.</summary>
public sealed class OpeningHoursOverlapTests
{
    private static readonly DateOnly Monday = new(2026, 12, 21);

    [Theory]
    [InlineData("Mon 06:00-12:00", "Mon 14:00-22:00", false)]
    [InlineData("Mon 06:00-12:00", "Mon 12:00-22:00", false)]
    [InlineData("Mon 06:00-12:00", "Mon 11:59-22:00", true)]
    [InlineData("Mon 06:00-22:00", "Mon 08:00-09:00", true)]
    [InlineData("Mon 06:00-22:00", "Mon 06:00-22:00", true)]
    [InlineData("Mon 06:00-22:00", "Tue 06:00-22:00", false)]
    [InlineData("Mon 18:00-02:00", "Tue 02:00-08:00", false)]
    [InlineData("Mon 18:00-02:00", "Tue 01:30-08:00", true)]
    [InlineData("Sun 18:00-02:00", "Mon 01:30-08:00", true)]
    [InlineData("Sun 18:00-00:00", "Mon 00:00-08:00", false)]
    [InlineData("Sat 22:00-03:00", "Sun 02:00-05:00", true)]
    [InlineData("Mon 00:00-00:00", "Tue 00:00-00:00", false)]
    [InlineData("Mon 00:00-00:00", "Mon 23:00-23:30", true)]
    [InlineData("Mon 10:00-10:00", "Tue 09:00-12:00", true)]
    public void TwoSpans_Overlap(string one, string other, bool overlap)
    {
        Assert.Equal(overlap ? new HoursOverlap(false, 1) : null, Overlap([Window(one), Window(other)]));
        Assert.Equal(overlap ? new HoursOverlap(false, 1) : null, Overlap([Window(other), Window(one)]));
    }

    [Fact]
    public void EveryDay_LateIntoTheNight_DoesNotMeetItself()
    {
        var week = Enum.GetValues<DayOfWeek>();
        var late = new ScheduleWindow(week, new TimeOnly(18, 0), new TimeOnly(2, 0));
        var early = new ScheduleWindow(week, new TimeOnly(6, 0), new TimeOnly(12, 0));
        Assert.Null(Overlap([late, early]));
        Assert.Null(Overlap([late with { To = late.From }]));
        Assert.Equal(new HoursOverlap(false, 1), Overlap([late, early with { From = new TimeOnly(1, 0) }]));
        Assert.Null(Overlap([]));
    }

    [Fact]
    public void ADayThatDiffers_MayNotRunIntoTheNext_NorBeReachedByTheOneBefore()
    {
        var night = new ScheduleWindow([DayOfWeek.Sunday, DayOfWeek.Monday], new TimeOnly(18, 0), new TimeOnly(2, 0));
        var tuesday = new ScheduleWindow([DayOfWeek.Tuesday], new TimeOnly(6, 0), new TimeOnly(12, 0));
        HoursOverlap? With(params SpecialDay[] days) => Overlap([night, tuesday], days);

        // Sunday's night ends at two on Monday, whatever differs then.
        Assert.Null(With(Day(0, 2, 8)));
        Assert.Equal(new HoursOverlap(true, 0), With(Day(0, 1, 8)));
        Assert.Null(With(new SpecialDay(Monday, "Closed", null, null)));

        // Monday's own ends before Tuesday's begin, unless Tuesday differs as well.
        Assert.Null(With(Day(0, 20, 6)));
        Assert.Equal(new HoursOverlap(true, 0), With(Day(0, 20, 7)));
        Assert.Null(With(Day(0, 20, 7), Day(1, 7, 9)));
        Assert.Equal(new HoursOverlap(true, 1), With(Day(7, 9, 12), Day(0, 20, 7), Day(1, 6, 9)));
        Assert.Null(With(Day(0, 20, 7), new SpecialDay(Monday.AddDays(1), null, null, null)));
    }

    [Fact]
    public void TheCalendarsOwnEnds_AreNoTrouble()
    {
        var first = new SpecialDay(DateOnly.MinValue, null, new TimeOnly(6, 0), new TimeOnly(5, 0));
        Assert.Null(Overlap([], first, first with { Day = DateOnly.MaxValue }));
    }

    private static HoursOverlap? Overlap(IReadOnlyList<ScheduleWindow> week, params SpecialDay[] days) =>
        new OpeningHours(week, days).FirstOverlap();

    private static SpecialDay Day(int after, int from, int to) =>
        new(Monday.AddDays(after), null, new TimeOnly(from, 0), new TimeOnly(to, 0));

    private static ScheduleWindow Window(string text) => new(
        [Enum.GetValues<DayOfWeek>().Single(d => d.ToString().StartsWith(text[..3], StringComparison.Ordinal))],
        TimeOnly.Parse(text[4..9], null), TimeOnly.Parse(text[10..], null));
}
