using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>What the rules found, and the membership that decided it.</summary>
public readonly record struct Verdict(AccessReason Reason, Membership? Membership);

/// <summary>
/// Why a door opens or not: the tables below are the contract, in its order. Reasons of the person come first; then
/// any membership that passes wins, else the latest reason in the order among them; then what depends on others.
/// </summary>
public static class AccessRules
{
    private delegate bool PersonTest(in AccessQuestion asked);

    private delegate bool MembershipTest(in AccessQuestion asked, Membership membership);

    private static readonly (AccessReason Reason, PersonTest Holds)[] OfThePerson =
    [
        (AccessReason.DeviceDisabled, static (in asked) => asked.Gate.IsDisabled),
        (AccessReason.UnknownCredential, static (in asked) => asked.Badge is null),
        (AccessReason.PassInvalid, static (in asked) => asked.Pass == PassVerdict.Invalid),
        (AccessReason.PassExpired, static (in asked) => asked.Pass == PassVerdict.Expired),
        (AccessReason.PassUsed, static (in asked) => asked.Pass == PassVerdict.Used),
        (AccessReason.Revoked, static (in asked) => asked.Badge is { IsRevoked: true }),
        (AccessReason.Suspended, static (in asked) => asked.Member.IsSuspended),
    ];

    private static readonly (AccessReason Reason, MembershipTest Holds)[] OfAMembership =
    [
        (AccessReason.NotStarted, static (in asked, membership) => asked.Today < membership.StartsOn),
        (AccessReason.Expired, static (in asked, membership) => asked.Today > membership.LastDay),
        (AccessReason.PaymentOverdue, static (in asked, membership) => !membership.IsPaid),
        (AccessReason.Frozen, static (in asked, membership) => membership.IsFrozen),
        (AccessReason.WrongZone, static (in asked, membership) => membership.Terms.For(asked.Zone.Id) is null
            || membership.Bounds?.Gates?.Contains(asked.Gate.Id) == false),
        (AccessReason.OutsideHours, static (in asked, membership) =>
            IsOutsideHours(asked, membership) || IsHostAway(asked, membership)),
        (AccessReason.QuotaExhausted, IsQuotaExhausted),
    ];

    private static readonly (AccessReason Reason, PersonTest Holds)[] OfTheMoment =
    [
        (AccessReason.AntiPassback, static (in asked) => asked.Reentry == Reentry.Forbidden),
        (AccessReason.CapacityFull, static (in asked) => asked.IsPlaceRefused),
    ];

    /// <summary>The reason that comes first, or <see cref="AccessReason.Ok"/>.</summary>
    public static Verdict Judge(in AccessQuestion asked)
    {
        foreach (var (reason, holds) in OfThePerson)
        {
            if (holds(asked))
            {
                return new Verdict(reason, null);
            }
        }

        var verdict = JudgeMemberships(asked);
        if (verdict.Reason != AccessReason.Ok)
        {
            return verdict;
        }

        foreach (var (reason, holds) in OfTheMoment)
        {
            if (holds(asked))
            {
                return verdict with { Reason = reason };
            }
        }

        return verdict;
    }

    /// <summary>The membership that lets in, else the one that comes closest to it.</summary>
    public static Verdict JudgeMemberships(in AccessQuestion asked)
    {
        var best = new Verdict(AccessReason.Expired, null);
        foreach (var membership in asked.Member.Memberships)
        {
            var reason = Judge(asked, membership);
            if (best.Membership is null || reason > best.Reason
                || (reason == best.Reason && IsBetter(reason, membership, best.Membership)))
            {
                best = new Verdict(reason, membership);
            }
        }

        return best;
    }

    private static AccessReason Judge(in AccessQuestion asked, Membership membership)
    {
        foreach (var (reason, holds) in OfAMembership)
        {
            if (holds(asked, membership))
            {
                return reason;
            }
        }

        return AccessReason.Ok;
    }

    /// <summary>
    /// Of several that let in, one that asks no host (of those that do, the first), then the one that costs nothing,
    /// then the one that ends first. Of several that do not, the one a person would name: the last to have ended, the
    /// first to start.
    /// </summary>
    private static bool IsBetter(AccessReason reason, Membership one, Membership other) => reason switch
    {
        AccessReason.Ok when other.Bounds?.HostId is not null => one.Bounds?.HostId is null,
        AccessReason.Ok when one.Bounds?.HostId is not null => false,
        AccessReason.Ok when one.Terms.VisitsPerPeriod is null != other.Terms.VisitsPerPeriod is null =>
            one.Terms.VisitsPerPeriod is null,
        AccessReason.Expired => one.LastDay > other.LastDay,
        AccessReason.NotStarted => one.StartsOn < other.StartsOn,
        _ => one.LastDay < other.LastDay,
    };

    /// <summary>
    /// Whether the host of a membership is known not to be inside. Hosts are asked one after the other, in the order of
    /// memberships; once one of them is inside, nobody else's word is waited for.
    /// </summary>
    public static bool IsHostAway(in AccessQuestion asked, Membership membership)
    {
        if (membership.Bounds?.HostId is null || asked.Host is not { } told)
        {
            return false;
        }

        var all = asked.Member.Memberships;
        return told.IsInside
            ? told.MembershipId != membership.Id
            : Array.IndexOf(all, membership) <= Array.FindIndex(all, m => m.Id == told.MembershipId);
    }

    /// <summary>Whether this membership does not open the zone at this time of the week.</summary>
    public static bool IsOutsideHours(in AccessQuestion asked, Membership membership)
    {
        if (membership.Terms.For(asked.Zone.Id)?.Schedule is not { } windows)
        {
            return false;
        }

        for (var i = 0; i < windows.Count; i++)
        {
            if (windows[i].Covers(asked.Local))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQuotaExhausted(in AccessQuestion asked, Membership membership) =>
        membership.Terms.VisitsPerPeriod is { } allowed
        && !asked.Reentry.IsSameVisit()
        && VisitsTaken(asked, membership) >= allowed;

    /// <summary>Visits used, with those that open tickets for other zones may still use.</summary>
    public static int VisitsTaken(in AccessQuestion asked, Membership membership) =>
        membership.VisitsUsed + asked.Member.VisitsHeld(membership.Id, asked.Zone.Id, asked.Now);
}
