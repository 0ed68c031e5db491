using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A membership as far as a door that decides alone may know it.</summary>
public sealed record DoorRight(
    IReadOnlyList<Entitlement> Entitlements,
    DateOnly StartsOn,
    DateOnly LastDay,
    bool IsPaid,
    bool WasPaidLate,
    bool IsFrozen,
    int? VisitsAllowed,
    int VisitsUsed)
{
    /// <summary>The only gates that it opens; null: all gates of its zones.</summary>
    public IReadOnlyList<GateId>? Gates { get; init; }
}

/// <summary>What a door may grant by itself, and until when.</summary>
/// <param name="NotBefore">The first moment.</param>
/// <param name="NotAfter">From here on it grants nothing, whatever else is true.</param>
/// <param name="Schedule">Hours of the week at the site; null: always.</param>
public readonly record struct OfflineRight(
    DateTimeOffset NotBefore, DateTimeOffset NotAfter, IReadOnlyList<ScheduleWindow>? Schedule);

/// <summary>
/// What of a member's rights is lent to a door for the time when it is alone. A right lives for a few days only, and
/// the riskier it is (paid late before, visits that run out), the shorter; the list renews it while the door is in
/// touch. Nobody is listed who would be refused online now.
/// </summary>
public static class OfflineRights
{
    /// <summary>The unit of renewal.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromHours(1);

    /// <summary>The number of the step that a moment is in.</summary>
    public static long StepOf(DateTimeOffset at) => (at - Zero).Ticks / Step.Ticks;

    /// <summary>
    /// Whether a right is renewed between two steps: then the door has to be told its new end. Rights take turns by
    /// <paramref name="turn"/>, so that a list changes a little each hour and not all at once.
    /// </summary>
    public static bool IsRenewed(long fromStep, long toStep, int turn) =>
        RoundOf(fromStep, turn, Limits.OfflineRound) != RoundOf(toStep, turn, Limits.OfflineRound)
        || RoundOf(fromStep, turn, Limits.RiskyOfflineRound) != RoundOf(toStep, turn, Limits.RiskyOfflineRound);

    /// <summary>What is lent of these memberships to a gate; null: nothing.</summary>
    public static OfflineRight? Of(
        IReadOnlyList<DoorRight> memberships, GateFacts gate, SiteFacts site, long step, int turn)
    {
        var now = Zero + (Step * step);
        var today = site.Day(now);
        var candidates = memberships
            .Where(m => IsLent(m, today) && (m.Gates is null || m.Gates.Contains(gate.Id)))
            .Select(m => (Right: m, Entitlement: m.Entitlements.FirstOrDefault(e => e.ZoneId == gate.ZoneId)))
            .Where(c => c.Entitlement is not null)
            .OrderByDescending(c => c.Right.StartsOn <= today)
            .ThenByDescending(c => c.Entitlement!.Schedule is null)
            .ThenBy(c => IsRisky(c.Right))
            .ThenByDescending(c => c.Right.LastDay)
            .ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var best = candidates[0];
        var isBegun = best.Right.StartsOn <= today;
        if (best.Entitlement!.Schedule is null || !isBegun)
        {
            return Lend([best.Right], best.Entitlement.Schedule, site, step, turn);
        }

        // Hours of several memberships add up; together they last as long as the one that ends first.
        var running = candidates.Where(c => c.Right.StartsOn <= today).ToList();
        return Lend(
            [.. running.Select(c => c.Right)], [.. running.SelectMany(c => c.Entitlement!.Schedule!)], site, step,
            turn);
    }

    private static OfflineRight Lend(
        List<DoorRight> rights, IReadOnlyList<ScheduleWindow>? schedule, SiteFacts site, long step, int turn)
    {
        var (life, round) = rights.Exists(IsRisky)
            ? (Limits.RiskyOfflineLife, Limits.RiskyOfflineRound)
            : (Limits.OfflineLife, Limits.OfflineRound);
        var renewed = Zero + (Step * (((RoundOf(step, turn, round) + 1) * round) - (turn % round)));
        var ends = site.StartOf(rights.Min(r => r.LastDay).AddDays(1));
        var until = renewed + life;
        return new OfflineRight(site.StartOf(rights.Min(r => r.StartsOn)), until < ends ? until : ends, schedule);
    }

    private static bool IsLent(DoorRight right, DateOnly today) =>
        right is { IsPaid: true, IsFrozen: false }
        && today <= right.LastDay
        && right.StartsOn <= today.AddDays(Limits.OfflineDaysAhead)
        && (right.VisitsAllowed is not { } allowed || right.VisitsUsed < allowed);

    private static bool IsRisky(DoorRight right) => right.WasPaidLate || right.VisitsAllowed is not null;

    private static long RoundOf(long step, int turn, int round) => (step + (turn % round)) / round;

    private static readonly DateTimeOffset Zero = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
