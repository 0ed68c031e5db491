using System.Text.Json.Serialization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A badge or code of a member.</summary>
public readonly record struct Badge(CredentialId Id, CredentialKey Key, bool IsRevoked);

/// <summary>A badge or code whose claim is on its way.</summary>
public sealed record RequestedBadge(
    CommandId Command, CredentialId Id, CredentialKey Key, CredentialKind Kind, string? Value);

/// <summary>
/// A member: rights, visits, presence. Names and contacts are not in it: no rule needs them, and a member at rest
/// stays small. What happens at doors is in the other part of this class.
/// </summary>
public sealed partial class MemberState : IGrainState
{
    /// <summary>Whether they were registered.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>The command that took them back; null: nobody did.</summary>
    [JsonInclude]
    public CommandId? WithdrawnBy { get; private set; }

    /// <summary>How often their name and contacts were corrected.</summary>
    [JsonInclude]
    public int DetailsChanges { get; private set; }

    /// <summary>Whether they are suspended.</summary>
    [JsonInclude]
    public bool IsSuspended { get; private set; }

    /// <summary>Memberships in the order in which they were added.</summary>
    [JsonInclude]
    public Membership[] Memberships { get; private set; } = [];

    /// <summary>Badges and codes, revoked ones too.</summary>
    [JsonInclude]
    public Badge[] Badges { get; private set; } = [];

    /// <summary>Badges and codes that are being claimed.</summary>
    [JsonInclude]
    public RequestedBadge[] RequestedBadges { get; private set; } = [];

    /// <summary>Their face, or null.</summary>
    [JsonInclude]
    public FileId? Photo { get; private set; }

    /// <summary>Notes that were not removed.</summary>
    [JsonInclude]
    public NoteId[] Notes { get; private set; } = [];

    /// <summary>Documents that were not removed.</summary>
    [JsonInclude]
    public FileId[] Attachments { get; private set; } = [];

    /// <summary>The membership with this id, or null.</summary>
    public Membership? Membership(MembershipId? id)
    {
        foreach (var membership in Memberships)
        {
            if (membership.Id == id)
            {
                return membership;
            }
        }

        return null;
    }

    /// <summary>The badge or code with this id, or null.</summary>
    public Badge? Badge(CredentialId id)
    {
        foreach (var badge in Badges)
        {
            if (badge.Id == id)
            {
                return badge;
            }
        }

        return null;
    }

    /// <summary>How the member stands.</summary>
    [JsonIgnore]
    public MemberStanding Standing => StandingIf(IsSuspended);

    /// <summary>How the member would stand, were they suspended or not.</summary>
    public MemberStanding StandingIf(bool suspended)
    {
        var runs = false;
        DateOnly? last = null;
        foreach (var membership in Memberships)
        {
            runs |= membership is { HasStarted: true, HasEnded: false };
            last = last is { } day && day > membership.LastDay ? day : membership.LastDay;
        }

        return new MemberStanding(
            suspended ? MemberStatus.Suspended : runs ? MemberStatus.Active : MemberStatus.Expired, last);
    }

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case MemberRegistered:
                Exists = true;
                break;
            case MemberWithdrawn withdrawn:
                (Exists, WithdrawnBy, Memberships, Badges) = (false, withdrawn.Command, [], []);
                break;
            case MemberDetailsChanged changed:
                DetailsChanges = changed.Number;
                break;
            case MemberSuspended:
                IsSuspended = true;
                break;
            case MemberResumed:
                IsSuspended = false;
                break;
            case MembershipAdded or MembershipStarted or MembershipEnded or MembershipSettled
                or MembershipFrozen or MembershipUnfrozen:
                ApplyMembership(happened);
                break;
            case PersonClassified or MembershipHosted or MembershipNarrowed or GuestRequested or GuestInvited
                or GuestNotInvited or HostAnswered:
                ApplyGuests(happened);
                break;
            case CredentialRequested or CredentialAdded or CredentialNotAdded or CredentialRevoked:
                ApplyBadge(happened);
                break;
            case PassKeyAdded or PassKeyRevoked or PassConsumed:
                ApplyPass(happened);
                break;
            case NoteWritten or NoteRemoved or PhotoSet or PhotoRemoved or AttachmentAdded or AttachmentRemoved:
                ApplyFile(happened);
                break;
            default:
                ApplyAccess(happened);
                break;
        }
    }

    private void ApplyMembership(IEvent happened)
    {
        switch (happened)
        {
            case MembershipAdded added:
                Memberships = [.. Memberships, new Membership
                {
                    Id = added.MembershipId,
                    Terms = added.Terms,
                    StartsOn = added.StartsOn,
                    LastDay = added.LastDay,
                    IsPaid = added.IsPaid,
                }];
                break;
            case MembershipStarted started:
                Membership(started.MembershipId)!.HasStarted = true;
                break;
            case MembershipEnded ended:
                Membership(ended.MembershipId)!.HasEnded = true;
                break;
            case MembershipSettled settled:
                Membership(settled.MembershipId)!.IsPaid = true;
                break;
            case MembershipFrozen frozen:
                Membership(frozen.MembershipId)!.IsFrozen = true;
                break;
            case MembershipUnfrozen unfrozen:
                Membership(unfrozen.MembershipId)!.IsFrozen = false;
                break;
        }
    }

    private void ApplyFile(IEvent happened)
    {
        switch (happened)
        {
            case NoteWritten written:
                Notes = [.. Notes, written.NoteId];
                break;
            case NoteRemoved removed:
                Notes = Array.FindAll(Notes, n => n != removed.NoteId);
                break;
            case PhotoSet set:
                Photo = set.FileId;
                break;
            case PhotoRemoved:
                Photo = null;
                break;
            case AttachmentAdded added:
                Attachments = [.. Attachments, added.FileId];
                break;
            case AttachmentRemoved removed:
                Attachments = Array.FindAll(Attachments, f => f != removed.FileId);
                break;
        }
    }

    private void ApplyBadge(IEvent happened)
    {
        switch (happened)
        {
            case CredentialRequested asked:
                RequestedBadges = [.. RequestedBadges, new RequestedBadge(
                    asked.Command, asked.CredentialId, asked.Key, asked.Kind, asked.Value)];
                break;
            case CredentialAdded added:
                RequestedBadges = Array.FindAll(RequestedBadges, b => b.Id != added.CredentialId);
                Badges = [.. Badges, new Badge(added.CredentialId, added.Key, false)];
                break;
            case CredentialNotAdded refused:
                RequestedBadges = Array.FindAll(RequestedBadges, b => b.Id != refused.CredentialId);
                break;
            case CredentialRevoked revoked:
                Badges = Array.ConvertAll(
                    Badges, b => b.Id == revoked.CredentialId ? b with { IsRevoked = true } : b);
                break;
        }
    }
}
