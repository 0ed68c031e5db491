using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>Something that happened to a member, and where it stands.</summary>
public readonly record struct Happened(long Position, IEvent Event);

/// <summary>
/// Why something happened to a member: each thing has at most one cause before it, and the chain ends at what nothing
/// of the member's own history explains, which is something that a person did.
/// </summary>
public static class MemberCauses
{
    private const int ChainMost = 5;

    /// <summary>The causes of what happened at a position, the nearest first.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="past">The member's history, oldest first; what is not in it explains nothing.</param>
    public static IReadOnlyList<Happened> Of(long position, IEvent happened, IReadOnlyList<Happened> past)
    {
        var chain = new List<Happened>();
        while (chain.Count < ChainMost && CauseOf(happened) is { } isCause
            && Last(past, position, isCause) is { } cause)
        {
            chain.Add(cause);
            (position, happened) = cause;
        }

        return chain;
    }

    private static Happened? Last(IReadOnlyList<Happened> past, long before, Predicate<IEvent> isCause)
    {
        for (var i = past.Count - 1; i >= 0; i--)
        {
            if (past[i].Position < before && isCause(past[i].Event))
            {
                return past[i];
            }
        }

        return null;
    }

    private static Predicate<IEvent>? CauseOf(IEvent happened) => happened switch
    {
        AccessDenied denied => CauseOf(denied),
        MembershipEnded ended => e => e is MembershipAdded added && added.MembershipId == ended.MembershipId,
        _ => null,
    };

    private static Predicate<IEvent>? CauseOf(AccessDenied denied) => denied.Reason switch
    {
        AccessReason.Suspended => e => e is MemberSuspended,
        AccessReason.Revoked => e => e is CredentialRevoked revoked && revoked.CredentialId == denied.CredentialId,
        AccessReason.Expired => e => e is MembershipEnded ended && ended.MembershipId == denied.MembershipId,
        AccessReason.Frozen => e => e is MembershipFrozen frozen && frozen.MembershipId == denied.MembershipId,
        AccessReason.NotStarted or AccessReason.PaymentOverdue or AccessReason.WrongZone
            or AccessReason.OutsideHours =>
            e => e is MembershipAdded added && added.MembershipId == denied.MembershipId,
        AccessReason.AntiPassback => e => e is Entered entered && entered.ZoneId == denied.ZoneId,
        AccessReason.QuotaExhausted =>
            e => e is Entered { IsVisit: true } entered && entered.MembershipId == denied.MembershipId,
        _ => null,
    };
}
