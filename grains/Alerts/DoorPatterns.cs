using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>One decision at a door, as far as patterns care.</summary>
/// <param name="MemberId">Whose badge; null: nobody's.</param>
/// <param name="GateId">At which gate.</param>
/// <param name="At">When.</param>
/// <param name="Step">What it was.</param>
public readonly record struct DoorStep(MemberId? MemberId, GateId GateId, DateTimeOffset At, DoorStepKind Step);

/// <summary>A pattern that a step has completed.</summary>
public sealed record DoorFinding(SiteId SiteId, AlertKind Kind, GateId? GateId, MemberId? MemberId, DateTimeOffset At);

/// <summary>What a decision at a door was.</summary>
public enum DoorStepKind
{
    /// <summary>Granted, and the passage came with it or will not be told.</summary>
    Granted,

    /// <summary>Granted at a gate that tells who passes.</summary>
    Ticketed,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Somebody passed.</summary>
    Passed,
}

/// <summary>
/// Finds what no single decision shows: many refusals, a badge that is let in and never goes in, one pass at two
/// sites. It remembers <see cref="Limits.PatternWindow"/> only, and where somebody was seen last for
/// <see cref="Limits.LongestJourney"/>, so that a follower which starts again a little earlier finds the same.
/// </summary>
public sealed class DoorPatterns
{
    private readonly Dictionary<MemberId, Recent> refusedPeople = [];
    private readonly Dictionary<GateId, Recent> refusingGates = [];
    private readonly Dictionary<MemberId, Recent> unused = [];
    private readonly Dictionary<MemberId, Place> seen = [];
    private DateTimeOffset swept;

    /// <summary>Takes a step; what it completes. Almost always nothing.</summary>
    public IReadOnlyList<DoorFinding> See(DoorStep step, IReference reference)
    {
        Sweep(step.At);
        if (reference.Gate(step.GateId) is not { } gate)
        {
            return [];
        }

        switch (step.Step)
        {
            case DoorStepKind.Passed:
                if (step.MemberId is { } passing)
                {
                    unused.Remove(passing);
                }

                return [];
            case DoorStepKind.Refused:
                return [.. Refused(step, gate), .. Elsewhere(step, gate, reference)];
            case DoorStepKind.Ticketed:
                return [.. Loiters(step, gate), .. Elsewhere(step, gate, reference)];
            default:
                return Elsewhere(step, gate, reference);
        }
    }

    private IEnumerable<DoorFinding> Refused(DoorStep step, GateFacts gate)
    {
        if (step.MemberId is { } member && Reaches(refusedPeople, member, step.At, Limits.RefusalsOfPerson))
        {
            yield return new DoorFinding(gate.SiteId, AlertKind.ManyRefusals, null, member, step.At);
        }

        if (Reaches(refusingGates, gate.Id, step.At, Limits.RefusalsAtGate))
        {
            yield return new DoorFinding(gate.SiteId, AlertKind.ManyRefusals, gate.Id, null, step.At);
        }
    }

    private DoorFinding[] Loiters(DoorStep step, GateFacts gate) =>
        step.MemberId is { } member && Reaches(unused, member, step.At, Limits.UnusedGrants)
            ? [new DoorFinding(gate.SiteId, AlertKind.Loitering, gate.Id, member, step.At)]
            : [];

    private DoorFinding[] Elsewhere(DoorStep step, GateFacts gate, IReference reference)
    {
        if (step.MemberId is not { } member)
        {
            return [];
        }

        var last = seen.GetValueOrDefault(member);
        var isElsewhere = last is not null && last.Site != gate.SiteId
            && (step.At - last.At).Duration() < Travel.AtLeast(reference.Site(last.Site), reference.Site(gate.SiteId));
        var isNew = isElsewhere && !(step.At - last!.ToldAt < Limits.BetweenSites);
        seen[member] = new Place(gate.SiteId, step.At, isNew ? step.At : last?.ToldAt);
        return isNew ? [new DoorFinding(gate.SiteId, AlertKind.TwoSites, gate.Id, member, step.At)] : [];
    }

    private static bool Reaches<TKey>(Dictionary<TKey, Recent> all, TKey key, DateTimeOffset at, int threshold)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var recent))
        {
            all[key] = recent = new Recent();
        }

        return recent.Reaches(at, threshold);
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - swept < Limits.PatternWindow)
        {
            return;
        }

        swept = now;
        Forget(refusedPeople, recent => recent.Last, now, Limits.PatternWindow);
        Forget(refusingGates, recent => recent.Last, now, Limits.PatternWindow);
        Forget(unused, recent => recent.Last, now, Limits.PatternWindow);
        Forget(seen, place => place.At, now, Limits.LongestJourney);
    }

    private static void Forget<TKey, TValue>(
        Dictionary<TKey, TValue> all, Func<TValue, DateTimeOffset> last, DateTimeOffset now, TimeSpan kept)
        where TKey : notnull
    {
        foreach (var (key, value) in all)
        {
            if (now - last(value) > kept)
            {
                all.Remove(key);
            }
        }
    }

    private sealed record Place(SiteId Site, DateTimeOffset At, DateTimeOffset? ToldAt);

    // Told at the threshold, and no sooner again than a while later: a flood of refusals is one alert, not a second
    // flood.
    private sealed class Recent
    {
        private readonly Queue<DateTimeOffset> times = new();
        private DateTimeOffset? told;

        public DateTimeOffset Last { get; private set; }

        public bool Reaches(DateTimeOffset at, int threshold)
        {
            while (times.TryPeek(out var first) && (at - first > Limits.PatternWindow || times.Count >= threshold))
            {
                times.Dequeue();
            }

            Last = at;
            times.Enqueue(at);
            if (times.Count < threshold || at - told < Limits.PatternPause)
            {
                return false;
            }

            told = at;
            return true;
        }
    }
}
