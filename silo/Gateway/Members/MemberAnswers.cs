using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>A person to register.</summary>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="Email">Address, or none.</param>
/// <param name="Phone">Number, or none.</param>
/// <param name="Kind"><c>member</c> (when missing), <c>visitor</c>, <c>staff</c> or <c>supplier</c>.</param>
public sealed record MemberRequest(
    string? FirstName, string? LastName, string? Email = null, string? Phone = null, string? Kind = null);

/// <summary>How a person is called and reached from now on; what is left out is known no more.</summary>
public sealed record DetailsRequest(
    string? FirstName, string? LastName, string? Email = null, string? Phone = null);

/// <summary>Why something is done.</summary>
public sealed record ReasonRequest(string? Reason);

/// <summary>A new member, with the code that they say at the desk.</summary>
public sealed record RegisteredAnswer(string Id, string Code);

/// <summary>How a member stands.</summary>
public sealed record StandingAnswer(MemberStatus Status, DateOnly? ExpiresOn);

/// <summary>A member in a list.</summary>
public sealed record MemberItem(
    string Id, string Code, string DisplayName, string Status, DateOnly? ExpiresOn, string? PhotoUrl, string? PlanName,
    string? Phone)
{
    /// <summary>What a row of the view says.</summary>
    public static MemberItem Of(MemberRow row) => new(
        row.Id, row.Code, row.DisplayName, row.Status, row.ExpiresOn, NameMirror.UrlOf(row.Photo), row.PlanName,
        row.Phone);
}

/// <summary>Where a member is, and since when.</summary>
public sealed record InsideAnswer(string ZoneId, DateTimeOffset Since);

/// <summary>A membership of a member.</summary>
public sealed record MembershipAnswer(
    string Id, string PlanId, string PlanName, Money Price, DateOnly StartsOn, DateOnly ExpiresOn, bool Paid,
    bool Frozen, bool Started, bool Ended, int VisitsUsed, int? VisitsAllowed, int GuestsInvited = 0,
    string? HostId = null, IReadOnlyList<string>? GateIds = null);

/// <summary>A badge or code of a member. Its value is not shown again.</summary>
public sealed record CredentialAnswer(string Id, string? Kind, bool Revoked, DateTimeOffset? AddedAt);

/// <summary>Everything about a member but their history.</summary>
public sealed record MemberAnswer(
    string Id, string Code, string DisplayName, string? FirstName, string? LastName, string? Email, string? Phone,
    string? PhotoUrl, MemberStatus Status, DateOnly? ExpiresOn, DateTimeOffset? RegisteredAt,
    IReadOnlyList<MembershipAnswer> Memberships, IReadOnlyList<CredentialAnswer> Credentials,
    IReadOnlyList<InsideAnswer> Inside, IReadOnlyList<ZoneRight> Zones, LastAccess? LastAccess, VisitsAnswer Visits,
    IReadOnlyList<Money> Debts, IReadOnlyList<NoteAnswer> Notes, IReadOnlyList<FileAnswer> Files,
    PersonKind Kind = PersonKind.Member);

/// <summary>Whether a zone is open to a member now, and why not; every zone has its own answer.</summary>
public sealed record ZoneRight(string ZoneId, AccessReason Reason, string? PlanName, AccessDetail? Detail);

/// <summary>What happened last at a door.</summary>
/// <param name="Position">Where it stands in the journal.</param>
/// <param name="Decision"><c>grant</c>, <c>deny</c> or <c>by_hand</c>.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The figures behind it.</param>
/// <param name="GateId">Where.</param>
/// <param name="ZoneId">Into or out of what.</param>
/// <param name="Direction">Which way.</param>
public sealed record LastAccess(
    long Position, string Decision, DateTimeOffset At, AccessReason Reason, AccessDetail? Detail, string GateId,
    string ZoneId, Direction Direction);

/// <summary>How often somebody comes: this calendar month and the one before.</summary>
public sealed record VisitsAnswer(DateTimeOffset? Last, long ThisMonth, long LastMonth);

/// <summary>A note; the text is gone once the person was erased.</summary>
public sealed record NoteAnswer(string Id, string? Text, string Author, DateTimeOffset At);

/// <summary>A document.</summary>
public sealed record FileAnswer(string Id, string? Name, string Kind, long Bytes, string Author, DateTimeOffset At);

/// <summary>What a member's grain tells at one moment.</summary>
public sealed record MemberFacts(
    PersonKind Kind, MemberStanding Standing, IReadOnlyList<MembershipAnswer> Memberships, IReadOnlyList<Badge> Badges,
    IReadOnlyList<InsideAnswer> Inside, IReadOnlyList<ZoneRight> Zones, FileId? Photo,
    int DetailsChanges)
{
    /// <summary>Copies what is shown; null where there is no such member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="doors">A door to every zone that is asked about.</param>
    /// <param name="now">The moment they are asked about.</param>
    public static MemberFacts? Of(MemberState member, IEnumerable<Door> doors, DateTimeOffset now) =>
        !member.Exists ? null : new MemberFacts(
            member.Kind,
            member.Standing,
            [.. member.Memberships.Select(Of)],
            [.. member.Badges],
            [.. member.Presences.Where(p => p.IsInside)
                .Select(p => new InsideAnswer(p.ZoneId.ToString(), p.EnteredAt))],
            [.. doors.Select(door => RightTo(member, door, now))],
            member.Photo,
            member.DetailsChanges);

    // What the person may do, whoever else is inside and whichever badge they hold.
    private static ZoneRight RightTo(MemberState member, Door door, DateTimeOffset now)
    {
        var asked = AccessQuestion.About(member, default, door, now, PassVerdict.NotAPass);
        var verdict = member.IsSuspended
            ? new Verdict(AccessReason.Suspended, null)
            : AccessRules.JudgeMemberships(asked);
        return new ZoneRight(
            door.Zone.Id.ToString(), verdict.Reason, verdict.Membership?.Terms.PlanName,
            AccessDetails.Of(asked, verdict));
    }

    private static MembershipAnswer Of(Membership m) => new(
        m.Id.ToString(), m.Terms.PlanId.ToString(), m.Terms.PlanName, m.Terms.Price, m.StartsOn, m.LastDay, m.IsPaid,
        m.IsFrozen, m.HasStarted, m.HasEnded, m.VisitsUsed, m.Terms.VisitsPerPeriod, m.GuestsInvited,
        m.Bounds?.HostId?.ToString(), m.Bounds?.Gates is { } gates ? [.. gates.Select(g => g.ToString())] : null);
}
