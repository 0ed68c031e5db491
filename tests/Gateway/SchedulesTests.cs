using Microsoft.AspNetCore.Http;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;

namespace SmartClub.Tests.Gateway;

public sealed class SchedulesTests
{
    private readonly FieldChecks fields = new(new DefaultHttpContext().Request);

    [Fact]
    public void Schedule_ReadsAsWritten()
    {
        HoursRequest[] week = [new(["mon", "sun"], "09:00", "18:30"), new(["sat"], "00:00", "24:00")];

        var windows = Schedules.Read(fields, "schedule", week);

        Assert.Empty(fields.Errors);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday], windows![0].Days);
        Assert.True(windows[1].Covers(new DateTime(2026, 11, 28, 23, 59, 0)));
        Assert.False(windows[1].Covers(new DateTime(2026, 11, 29, 0, 0, 0)));
        var written = Schedules.Write(windows)!;
        Assert.Equal(week.Select(h => (h.From, h.To)), written.Select(h => (h.From, h.To)));
        Assert.Equal(week.SelectMany(h => h.Days!), written.SelectMany(h => h.Days!));
    }

    [Fact]
    public void Schedule_MayBeMissing()
    {
        Assert.Null(Schedules.Read(fields, "schedule", null));
        Assert.Null(Schedules.Write(null));
        Assert.Empty(fields.Errors);
    }

    [Fact]
    public void Schedule_NamesEachMistake()
    {
        Schedules.Read(fields, "s", [new(["mon", "mon"], "9:00", "24:01"), null, new(["lun"], "24:00", "10:00")]);

        Assert.Equal(
            [
                ("s[0].days", "invalid"), ("s[0].from", "invalid"), ("s[0].to", "invalid"),
                ("s[1].days", "required"), ("s[1].from", "required"), ("s[1].to", "required"),
                ("s[2].days", "invalid"), ("s[2].from", "invalid"),
            ],
            fields.Errors.Select(e => (e.Field, e.Code)));
    }

    [Fact]
    public void Schedule_IsOutOfRange_WhenItIsEmpty()
    {
        Schedules.Read(fields, "schedule", []);

        Assert.Equal("out_of_range", Assert.Single(fields.Errors).Code);
    }
}
