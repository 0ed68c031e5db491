using System.Text.Json.Serialization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>What narrows a membership down besides its terms. Few have it, and it weighs on no other.</summary>
/// <param name="HostId">Who has to be inside; null: nobody.</param>
/// <param name="Gates">The only gates that it opens; null: all gates of its zones.</param>
public sealed record Bounds(MemberId? HostId, IReadOnlyList<GateId>? Gates);

/// <summary>A guest whose membership is on its way.</summary>
public sealed record RequestedGuest(
    CommandId Command, MemberId GuestId, MembershipId MembershipId, MembershipId HostMembershipId, int GuestsAllowed);

/// <summary>What a host said about one membership of a guest who waits at a door.</summary>
public readonly record struct HostAnswer(MembershipId MembershipId, bool IsInside);

/// <summary>The part of a member that is about who they are to the club, and about guests.</summary>
public sealed partial class MemberState
{
    /// <summary>What they are to the club.</summary>
    [JsonInclude]
    public PersonKind Kind { get; private set; }

    /// <summary>Guests whose membership is on its way.</summary>
    [JsonInclude]
    public RequestedGuest[] RequestedGuests { get; private set; } = [];

    /// <summary>Guests invited on a membership, with those on their way.</summary>
    public int GuestsTaken(Membership membership)
    {
        var taken = membership.GuestsInvited;
        foreach (var guest in RequestedGuests)
        {
            taken += guest.HostMembershipId == membership.Id ? 1 : 0;
        }

        return taken;
    }

    private void ApplyGuests(IEvent happened)
    {
        switch (happened)
        {
            case PersonClassified classified:
                Kind = classified.Kind;
                break;
            case MembershipHosted hosted:
                Narrow(hosted.MembershipId, new Bounds(hosted.HostId, null));
                break;
            case MembershipNarrowed narrowed:
                Narrow(narrowed.MembershipId, new Bounds(null, narrowed.Gates));
                break;
            case GuestRequested asked:
                RequestedGuests = [.. RequestedGuests, new RequestedGuest(
                    asked.Command, asked.GuestId, asked.MembershipId, asked.HostMembershipId,
                    asked.GuestsAllowed)];
                break;
            case GuestInvited invited:
                Forget(invited.MembershipId);
                Membership(invited.HostMembershipId)!.GuestsInvited = invited.GuestsInvited;
                break;
            case GuestNotInvited refused:
                Forget(refused.MembershipId);
                break;
            case HostAnswered told:
                Asked = Array.ConvertAll(Asked, a => a.Ticket == told.Ticket
                    ? a with { Host = new HostAnswer(told.MembershipId, told.IsInside) }
                    : a);
                break;
        }
    }

    private void Narrow(MembershipId id, Bounds bounds) => Membership(id)!.Bounds = bounds;

    private void Forget(MembershipId guest) =>
        RequestedGuests = Array.FindAll(RequestedGuests, g => g.MembershipId != guest);
}
