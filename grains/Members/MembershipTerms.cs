using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// What a membership took over from its plan on the day it was sold. <paramref name="TimeZone"/> is that of the
/// first entitlement's site: there its first day begins and its last one ends.
/// </summary>
public sealed record MembershipTerms(
    PlanId PlanId,
    string PlanName,
    Money Price,
    IReadOnlyList<Entitlement> Entitlements,
    int? VisitsPerPeriod,
    string TimeZone)
{
    // Thousands of members have the same few terms; in memory they share one copy. What is shared is equal and
    // never changes, so folding stays the same whether or not it was shared.
    // A plan that was changed was sold with several terms, so they stand under all that they say.
    private static readonly ConcurrentDictionary<MembershipTerms, MembershipTerms> SharedTerms = new(new ByContent());

    /// <summary>An equal copy that others use too.</summary>
    public MembershipTerms Shared() => SharedTerms.GetOrAdd(this, this);

    /// <summary>The entitlement for a zone, or null where there is none.</summary>
    public Entitlement? For(ZoneId zone)
    {
        for (var i = 0; i < Entitlements.Count; i++)
        {
            if (Entitlements[i].ZoneId == zone)
            {
                return Entitlements[i];
            }
        }

        return null;
    }

    private bool SameAs(MembershipTerms other)
    {
        if (PlanId != other.PlanId
            || PlanName != other.PlanName || Price != other.Price || VisitsPerPeriod != other.VisitsPerPeriod
            || TimeZone != other.TimeZone || Entitlements.Count != other.Entitlements.Count)
        {
            return false;
        }

        for (var i = 0; i < Entitlements.Count; i++)
        {
            if (!SameEntitlement(Entitlements[i], other.Entitlements[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameEntitlement(Entitlement one, Entitlement other) =>
        one.ZoneId == other.ZoneId
        && (one.Schedule is null
            ? other.Schedule is null
            : other.Schedule is not null && one.Schedule.Count == other.Schedule.Count
                && one.Schedule.Zip(other.Schedule).All(pair =>
                    pair.First.From == pair.Second.From && pair.First.To == pair.Second.To
                    && pair.First.Days.SequenceEqual(pair.Second.Days)));

    private sealed class ByContent : IEqualityComparer<MembershipTerms>
    {
        public bool Equals(MembershipTerms? x, MembershipTerms? y) => x!.SameAs(y!);

        public int GetHashCode(MembershipTerms terms) =>
            HashCode.Combine(terms.PlanId, terms.PlanName, terms.Price, terms.VisitsPerPeriod, terms.TimeZone);
    }
}

/// <summary>One right of a member to come in.</summary>
public sealed class Membership
{
    private readonly MembershipTerms terms = null!;

    /// <summary>Its id.</summary>
    public required MembershipId Id { get; init; }

    /// <summary>What it took over from its plan; equal terms are shared.</summary>
    public required MembershipTerms Terms
    {
        get => terms;
        init => terms = value.Shared();
    }

    /// <summary>First day.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Whether it is paid.</summary>
    [JsonInclude]
    public bool IsPaid { get; internal set; }

    /// <summary>Whether it is frozen.</summary>
    [JsonInclude]
    public bool IsFrozen { get; internal set; }

    /// <summary>Whether its first day has been seen to begin.</summary>
    [JsonInclude]
    public bool HasStarted { get; internal set; }

    /// <summary>Whether its last day has been seen to end.</summary>
    [JsonInclude]
    public bool HasEnded { get; internal set; }

    /// <summary>Visits counted so far.</summary>
    [JsonInclude]
    public int VisitsUsed { get; internal set; }

    /// <summary>Guests invited on it so far.</summary>
    [JsonInclude]
    public int GuestsInvited { get; internal set; }

    /// <summary>What narrows it down besides its terms; null: nothing, as for nearly all.</summary>
    [JsonInclude]
    public Bounds? Bounds { get; internal set; }
}
