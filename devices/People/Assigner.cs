using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Devices.People;

/// <summary>
/// Turns swipes without persons into plausible visits. An entry belongs to somebody who usually comes then; an exit
/// to somebody inside; an exit that nobody swiped is inferred after a plausible stay. Pure: the same visitors,
/// table, swipes and seed give the same showings.
/// </summary>
public sealed class Assigner(IReadOnlyList<Visitor> visitors, ArrivalTable table, int seed)
{
    private const double RepeatShare = 0.03;
    private const double UnknownShare = 0.01;
    private static readonly TimeSpan StayMin = TimeSpan.FromMinutes(10);

    /// <summary>Who is expected to swipe out and has not done so by then left unseen.</summary>
    private static readonly TimeSpan StayMax = TimeSpan.FromMinutes(150);

    private static readonly TimeSpan RestMin = TimeSpan.FromHours(3);

    private readonly Random _random = new(seed);
    private readonly Dictionary<int, Visit> _inside = [];
    private readonly Dictionary<int, DateTime> _leftAt = [];
    private readonly PriorityQueue<Pending, (DateTime At, long Order)> _pending = new();
    private long _order;
    private long _number;

    public AssignerCounts Counts { get; } = new();

    public int InsideCount => _inside.Count;

    /// <summary>In order of time. After the last swipe everybody inside still leaves.</summary>
    public IEnumerable<Showing> Assign(IEnumerable<Swipe> swipes)
    {
        foreach (var swipe in swipes)
        {
            foreach (var due in TakeDue(swipe.At))
            {
                yield return due;
            }

            if ((swipe.Direction == Direction.In ? Enter(swipe.At) : Leave(swipe.At)) is { } showing)
            {
                yield return showing;
            }
        }

        foreach (var due in TakeDue(DateTime.MaxValue))
        {
            yield return due;
        }
    }

    private Showing? Enter(DateTime at)
    {
        MaybeUnknown(at);
        if (DrawVisitor(at) is not { } visitor)
        {
            Counts.EntriesWithoutPerson++;
            return null;
        }

        Counts.Entries++;
        var place = visitor.Places[_random.NextDouble() < 0.7 ? 0 : _random.Next(visitor.Places.Count)];
        var seenLeaving = place != Place.Pool && _random.NextDouble() < table.ExitShare;
        var visit = new Visit(visitor.Index, place, at, seenLeaving);
        _inside.Add(visitor.Index, visit);
        var leavesAt = at + (seenLeaving ? StayMax : table.DrawStay(at, _random));
        Plan(new Pending(leavesAt, visit, null));
        return Show(at, visitor.Index, ShowingKind.Entry, Direction.In, place, EntranceOf(place));
    }

    /// <summary>Those expected to swipe out come first, the longest stay first among them.</summary>
    private Showing? Leave(DateTime at)
    {
        var leaver = _inside.Values
            .Where(visit => visit.Place != Place.Pool)
            .OrderByDescending(visit => at - visit.EnteredAt >= StayMin)
            .ThenByDescending(visit => visit.SeenLeaving)
            .ThenBy(visit => visit.EnteredAt)
            .ThenBy(visit => visit.Visitor)
            .FirstOrDefault();
        if (leaver is null)
        {
            Counts.ExitsWithoutPerson++;
            return null;
        }

        Counts.Exits++;
        End(leaver, at);
        return Show(at, leaver.Visitor, ShowingKind.Exit, Direction.Out, leaver.Place, ExitOf(leaver.Place));
    }

    private Visitor? DrawVisitor(DateTime at)
    {
        var weights = new double[visitors.Count];
        var total = 0.0;
        for (var index = 0; index < visitors.Count; index++)
        {
            total += weights[index] = Likelihood(visitors[index], at);
        }

        if (total <= 0)
        {
            return null;
        }

        var drawn = _random.NextDouble() * total;
        for (var index = 0; index < visitors.Count; index++)
        {
            drawn -= weights[index];
            if (drawn < 0 && weights[index] > 0)
            {
                return visitors[index];
            }
        }

        // Rounding may leave a remainder after the last weight.
        return visitors[Array.FindLastIndex(weights, weight => weight > 0)];
    }

    private double Likelihood(Visitor visitor, DateTime at)
    {
        if (_inside.ContainsKey(visitor.Index)
            || (_leftAt.TryGetValue(visitor.Index, out var leftAt) && at - leftAt < RestMin))
        {
            return 0;
        }

        var distance = Math.Abs(at.Hour - visitor.UsualHour);
        var byHour = distance switch { 0 => 12.0, 1 => 4.0, 2 => 1.0, _ => 0.05 };
        var usualDay = (visitor.Weekdays >> ArrivalTable.WeekdayOf(at) & 1) == 1;
        return visitor.Frequency * byHour * (usualDay ? 1 : 0.1);
    }

    private IEnumerable<Showing> TakeDue(DateTime until)
    {
        while (_pending.TryPeek(out var pending, out _) && pending.At <= until)
        {
            _pending.Dequeue();
            if (pending.Showing is { } ready)
            {
                yield return ready with { Number = _number++ };
            }
            else if (pending.Visit is { } visit && _inside.TryGetValue(visit.Visitor, out var open) && open == visit)
            {
                // A swipe may have ended the visit earlier; then this plan is void.
                End(visit, pending.At);
                if (visit.Place == Place.Pool)
                {
                    Counts.UnseenExits++;
                    continue;
                }

                Counts.InferredExits++;
                yield return Show(pending.At, visit.Visitor, ShowingKind.InferredExit, Direction.Out, visit.Place,
                    ExitOf(visit.Place));
            }
        }
    }

    private Showing Show(
        DateTime at, int visitor, ShowingKind kind, Direction direction, Place place, Reader reader)
    {
        var showing = new Showing(_number++, at, visitor, kind, direction, place, reader);
        if (kind != ShowingKind.InferredExit && _random.NextDouble() < RepeatShare)
        {
            Counts.Repeats++;
            var again = at.AddSeconds(2 + (4 * _random.NextDouble()));
            Plan(new Pending(again, null, showing with { At = again, Kind = ShowingKind.Repeat }));
        }

        return showing;
    }

    private void MaybeUnknown(DateTime at)
    {
        if (_random.NextDouble() >= UnknownShare)
        {
            return;
        }

        Counts.Unknown++;
        var later = at.AddSeconds(5 + (15 * _random.NextDouble()));
        Plan(new Pending(later, null, new Showing(
            0, later, -1, ShowingKind.Unknown, Direction.In, Place.Weights, Reader.MainEntrance)));
    }

    private void End(Visit visit, DateTime at)
    {
        _inside.Remove(visit.Visitor);
        _leftAt[visit.Visitor] = at;
    }

    private void Plan(Pending pending) => _pending.Enqueue(pending, (pending.At, _order++));

    private Reader ExitOf(Place place) =>
        place == Place.Weights && _random.NextDouble() < 0.3 ? Reader.CarParkExit : EntranceOf(place);

    public static Reader EntranceOf(Place place) => place switch
    {
        Place.Weights => Reader.MainEntrance,
        Place.Cardio => Reader.SecondTurnstile,
        Place.Studio => Reader.StudioDoor,
        _ => Reader.PoolDoor,
    };

    private sealed record Visit(int Visitor, Place Place, DateTime EnteredAt, bool SeenLeaving);

    private readonly record struct Pending(DateTime At, Visit? Visit, Showing? Showing);
}
