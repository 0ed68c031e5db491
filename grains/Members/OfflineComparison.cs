using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// Compares what a door did alone with what the club would have said then. It decides nothing: what happened at the
/// door is a fact, and counts as one.
/// </summary>
public static class OfflineComparison
{
    /// <summary>The difference, or null where there is none. Going out is granted by everybody.</summary>
    /// <param name="member">The member before the door's decision is taken over.</param>
    /// <param name="recorded">What the door did.</param>
    /// <param name="door">The door.</param>
    /// <param name="reasonThen">
    /// What the member's rights at that time said, where they have changed since; null: they are as they were.
    /// </param>
    public static OfflineDifferenceFound? Of(
        MemberState member, OfflineAccessRecorded recorded, Door door, AccessReason? reasonThen)
    {
        if (recorded.Direction == Direction.Out)
        {
            return null;
        }

        // Whether the gate is at work today says nothing about then.
        var asked = AccessQuestion.About(
            member, recorded.CredentialId, door with { Gate = door.Gate with { IsDisabled = false } }, recorded.At,
            PassVerdict.NotAPass);
        if (member.PresenceIn(door.Zone.Id) is { } presence && presence.MovedAt > recorded.At)
        {
            // Where they are since says nothing about where they were.
            asked = asked with { Reentry = Reentry.None };
        }

        var now = AccessRules.Judge(asked);
        var reason = reasonThen is not { } then ? now.Reason
            : then == AccessReason.Ok && asked.Reentry == Reentry.Forbidden ? AccessReason.AntiPassback
            : then;
        if (recorded.IsGranted == (reason == AccessReason.Ok))
        {
            return null;
        }

        var membership = now.Membership ?? (member.Memberships.Length > 0 ? member.Memberships[^1] : null);
        return new OfflineDifferenceFound(
            recorded.GateId, recorded.ZoneId, recorded.CredentialId, recorded.Direction, recorded.At, recorded.Scan,
            recorded.IsGranted, reason, membership?.Id,
            recorded.IsGranted ? membership is null ? null : WorthOf(membership) : null);
    }

    /// <summary>What one visit of a membership is worth: its price by its visits, or by its days; rounded up.</summary>
    public static Money WorthOf(Membership membership)
    {
        var price = membership.Terms.Price;
        long parts = membership.Terms.VisitsPerPeriod
            ?? membership.LastDay.DayNumber - membership.StartsOn.DayNumber + 1;
        return new Money(checked((price.Amount + parts - 1) / parts), price.Currency);
    }
}
