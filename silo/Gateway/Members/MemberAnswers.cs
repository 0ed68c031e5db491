using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>A person to register.</summary>
public sealed record MemberRequest(string? FirstName, string? LastName, string? Email = null, string? Phone = null);

/// <summary>Why something is done.</summary>
public sealed record ReasonRequest(string? Reason);

/// <summary>A new member, with the code that they say at the desk.</summary>
public sealed record RegisteredAnswer(string Id, string Code);

/// <summary>How a member stands.</summary>
public sealed record StandingAnswer(MemberStatus Status, DateOnly? ExpiresOn);

/// <summary>A member in a list.</summary>
public sealed record MemberItem(
    string Id, string Code, string DisplayName, string Status, DateOnly? ExpiresOn, string? PhotoUrl);

/// <summary>Where a member is, and since when.</summary>
public sealed record InsideAnswer(string ZoneId, DateTimeOffset Since);

/// <summary>A membership of a member.</summary>
public sealed record MembershipAnswer(
    string Id, string PlanId, string PlanName, Money Price, DateOnly StartsOn, DateOnly ExpiresOn, bool Paid,
    bool Frozen, bool Started, bool Ended, int VisitsUsed, int? VisitsAllowed);

/// <summary>A badge or code of a member. Its value is not shown again.</summary>
public sealed record CredentialAnswer(string Id, string? Kind, bool Revoked, DateTimeOffset? AddedAt);

/// <summary>Everything about a member but their history.</summary>
public sealed record MemberAnswer(
    string Id, string Code, string DisplayName, string? FirstName, string? LastName, string? Email, string? Phone,
    string? PhotoUrl, MemberStatus Status, DateOnly? ExpiresOn, DateTimeOffset? RegisteredAt,
    IReadOnlyList<MembershipAnswer> Memberships, IReadOnlyList<CredentialAnswer> Credentials,
    IReadOnlyList<InsideAnswer> Inside);

/// <summary>What a member's grain tells at one moment.</summary>
public sealed record MemberFacts(
    MemberStanding Standing, IReadOnlyList<MembershipAnswer> Memberships, IReadOnlyList<Badge> Badges,
    IReadOnlyList<InsideAnswer> Inside)
{
    /// <summary>Copies what is shown; null where there is no such member.</summary>
    public static MemberFacts? Of(MemberState member) => !member.Exists ? null : new MemberFacts(
        member.Standing,
        [.. member.Memberships.Select(Of)],
        [.. member.Badges],
        [.. member.Presences.Where(p => p.IsInside).Select(p => new InsideAnswer(p.ZoneId.ToString(), p.EnteredAt))]);

    private static MembershipAnswer Of(Membership m) => new(
        m.Id.ToString(), m.Terms.PlanId.ToString(), m.Terms.PlanName, m.Terms.Price, m.StartsOn, m.LastDay, m.IsPaid,
        m.IsFrozen, m.HasStarted, m.HasEnded, m.VisitsUsed, m.Terms.VisitsPerPeriod);
}
