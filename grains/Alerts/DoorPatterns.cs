using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>One decision at a door, as far as patterns care.</summary>
/// <param name="MemberId">Whose badge; null: nobody's.</param>
/// <param name="GateId">At which gate.</param>
/// <param name="At">When.</param>
/// <param name="Step">What it was.</param>
public readonly record struct DoorStep(MemberId? MemberId, GateId GateId, DateTimeOffset At, DoorStepKind Step);

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
/// sites. What it finds depends on the steps of one window only, so that a follower which starts again a window
/// earlier finds the same.
/// </summary>
public sealed class DoorPatterns
{
    private readonly Dictionary<MemberId, Recent> refusedPeople = [];
    private readonly Dictionary<GateId, Recent> refusingGates = [];
    private readonly Dictionary<MemberId, Recent> unused = [];
    private readonly Dictionary<MemberId, (SiteId Site, DateTimeOffset At)> seen = [];
    private DateTimeOffset swept;

    /// <summary>Takes a step; what it completes. Almost always nothing.</summary>
    public IReadOnlyList<RaiseAlert> See(DoorStep step, IReference reference)
    {
        Sweep(step.At);
        return step.Step switch
        {
            DoorStepKind.Passed => Passed(step),
            DoorStepKind.Refused => [.. Refused(step, reference), .. Elsewhere(step, reference)],
            DoorStepKind.Ticketed => [.. Loiters(step, reference), .. Elsewhere(step, reference)],
            _ => Elsewhere(step, reference),
        };
    }

    private RaiseAlert[] Passed(DoorStep step)
    {
        if (step.MemberId is { } member)
        {
            unused.Remove(member);
        }

        return [];
    }

    private IEnumerable<RaiseAlert> Refused(DoorStep step, IReference reference)
    {
        if (reference.Gate(step.GateId) is not { } gate)
        {
            yield break;
        }

        if (step.MemberId is { } member && Reaches(refusedPeople, member, step.At, Limits.RefusalsOfPerson))
        {
            yield return new RaiseAlert(gate.SiteId, AlertKind.ManyRefusals, null, member, step.At, 1);
        }

        if (Reaches(refusingGates, step.GateId, step.At, Limits.RefusalsAtGate))
        {
            yield return new RaiseAlert(gate.SiteId, AlertKind.ManyRefusals, gate.Id, null, step.At, 1);
        }
    }

    private RaiseAlert[] Loiters(DoorStep step, IReference reference) =>
        step.MemberId is { } member && Reaches(unused, member, step.At, Limits.UnusedGrants)
        && reference.Gate(step.GateId) is { } gate
            ? [new RaiseAlert(gate.SiteId, AlertKind.Loitering, gate.Id, member, step.At, 1)]
            : [];

    private RaiseAlert[] Elsewhere(DoorStep step, IReference reference)
    {
        if (step.MemberId is not { } member || reference.Gate(step.GateId) is not { } gate)
        {
            return [];
        }

        var isElsewhere = seen.TryGetValue(member, out var last) && last.Site != gate.SiteId
            && (step.At - last.At).Duration() < Limits.BetweenSites;
        seen[member] = (gate.SiteId, step.At);
        return isElsewhere ? [new RaiseAlert(gate.SiteId, AlertKind.TwoSites, gate.Id, member, step.At, 1)] : [];
    }

    // At the threshold, and again each time as many have come on top.
    private static bool Reaches<TKey>(Dictionary<TKey, Recent> all, TKey key, DateTimeOffset at, int threshold)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var recent))
        {
            all[key] = recent = new Recent();
        }

        return recent.Add(at) % threshold == 0;
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - swept < Limits.PatternWindow)
        {
            return;
        }

        swept = now;
        Forget(refusedPeople, now);
        Forget(refusingGates, now);
        Forget(unused, now);
        foreach (var (member, last) in seen)
        {
            if (now - last.At > Limits.BetweenSites)
            {
                seen.Remove(member);
            }
        }
    }

    private static void Forget<TKey>(Dictionary<TKey, Recent> all, DateTimeOffset now)
        where TKey : notnull
    {
        foreach (var (key, recent) in all)
        {
            if (now - recent.Last > Limits.PatternWindow)
            {
                all.Remove(key);
            }
        }
    }

    private sealed class Recent
    {
        private readonly Queue<DateTimeOffset> times = new();

        public DateTimeOffset Last { get; private set; }

        public int Add(DateTimeOffset at)
        {
            while (times.TryPeek(out var first) && (at - first > Limits.PatternWindow
                || times.Count >= Limits.PatternSteps))
            {
                times.Dequeue();
            }

            Last = at;
            times.Enqueue(at);
            return times.Count;
        }
    }
}
