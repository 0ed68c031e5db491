using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Tests.Support.TestGrains;

/// <summary>A hall with so many seats: the hot grain that must never be oversold.</summary>
[Internal]
internal sealed record OpenHall(Id<HallTag> Hall, int Seats) : ICommand<Created<HallTag>>
{
    GrainId ICommand.Target => Hall.Grain;
}

[Internal]
internal sealed record TakeSeat(Id<HallTag> Hall, string Who) : ICommand<SeatTaken>
{
    GrainId ICommand.Target => Hall.Grain;
}

internal sealed record SeatTaken(int Number);

internal enum HallRefusal
{
    HallNotFound,
    HallExists,
    HallFull,
}

internal sealed record HallOpened(int Seats) : IEvent;

internal sealed record SeatGiven(int Number, string Who) : IEvent;

internal sealed class HallState : IGrainState
{
    public int Seats { get; set; }

    public int Taken { get; set; }

    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case HallOpened opened:
                Seats = opened.Seats;
                break;
            case SeatGiven given:
                Taken = given.Number;
                break;
        }
    }
}

internal static class HallRules
{
    public static Decision Decide(HallState hall, OpenHall open, Facts facts)
    {
        _ = facts;
        return hall.Seats > 0
            ? Refuse(HallRefusal.HallExists)
            : Accept(new Created<HallTag>(open.Hall), new HallOpened(open.Seats));
    }

    public static Decision Decide(HallState hall, TakeSeat take, Facts facts)
    {
        _ = facts;
        return hall.Seats == 0 ? RefuseUnkept(HallRefusal.HallNotFound)
            : hall.Taken == hall.Seats ? Refuse(HallRefusal.HallFull)
            : Accept(new SeatTaken(hall.Taken + 1), new SeatGiven(hall.Taken + 1, take.Who));
    }
}

/// <summary>The last guest of each hall, and a row for each seat that another guest clears again.</summary>
internal sealed class HallView : IView
{
    public string Name => "test_halls";

    public int Version => 1;

    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new("test_halls", new Dictionary<string, ColumnType>
        {
            ["seats"] = ColumnType.Number,
            ["taken"] = ColumnType.Number,
            ["guest"] = ColumnType.Text,
        }),
        new("test_seats", new Dictionary<string, ColumnType> { ["guest"] = ColumnType.Text }),
    ];

    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(HallOpened), typeof(SeatGiven) };

    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var key = new Id<HallTag>(recorded.Grain.Key).ToString();
        switch (recorded.Event)
        {
            case HallOpened opened:
                yield return new("test_halls", key, new Dictionary<string, object?> { ["seats"] = opened.Seats });
                break;
            case SeatGiven given:
                yield return new("test_halls", key, new Dictionary<string, object?>
                {
                    ["taken"] = given.Number,
                    ["guest"] = given.Who,
                });
                yield return given.Number % 3 == 0
                    ? new("test_seats", $"{key}/{given.Number - 1}", null)
                    : new("test_seats", $"{key}/{given.Number}", new Dictionary<string, object?>
                    {
                        ["guest"] = given.Who,
                    });
                break;
        }
    }
}
