using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>Registers a person. The code that comes back is what they say at the desk.</summary>
[Needs(Rights.MembersWrite)]
public sealed record RegisterMember(
    MemberId MemberId,
    [property: Personal] string? FirstName,
    [property: Personal] string? LastName,
    [property: Personal] string? Email,
    [property: Personal] string? Phone) : ICommand<MemberRegistration>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>The new member.</summary>
public sealed record MemberRegistration(MemberId Id, string Code);

/// <summary>Corrects a person's name and contacts: all four become what is said here.</summary>
[Needs(Rights.MembersWrite)]
public sealed record ChangeDetails(
    MemberId MemberId,
    [property: Personal] string? FirstName,
    [property: Personal] string? LastName,
    [property: Personal] string? Email,
    [property: Personal] string? Phone) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Lets a person in nowhere until they are resumed. Suspending twice changes nothing.</summary>
[Needs(Rights.MembersSuspend)]
public sealed record SuspendMember(MemberId MemberId, [property: Personal] string? Reason) : ICommand<MemberStanding>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Ends a suspension. Resuming somebody who is not suspended changes nothing.</summary>
[Needs(Rights.MembersSuspend)]
public sealed record ResumeMember(MemberId MemberId, [property: Personal] string? Reason) : ICommand<MemberStanding>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>
/// Takes back a member whom an import made, with what it gave them. Whoever was used since stays.
/// </summary>
/// <param name="MemberId">The member.</param>
/// <param name="MembershipId">The membership that the import gave; null: none.</param>
/// <param name="WasPaid">Whether the import gave it as paid.</param>
/// <param name="CredentialId">The badge or code that the import gave; null: none.</param>
/// <param name="Reason">Why.</param>
[Needs(Rights.MembersImport)]
public sealed record WithdrawMember(
    MemberId MemberId, MembershipId? MembershipId, bool WasPaid, CredentialId? CredentialId,
    [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>How a member stands, in one word. Doors do not decide from it.</summary>
[JsonConverter(typeof(SnakeEnumConverter<MemberStatus>))]
public enum MemberStatus
{
    /// <summary>No membership runs now.</summary>
    Expired,

    /// <summary>A membership runs.</summary>
    Active,

    /// <summary>Suspended, whatever runs.</summary>
    Suspended,
}

/// <summary>How a member stands, and the last day that any membership of theirs covers.</summary>
public sealed record MemberStanding(MemberStatus Status, DateOnly? ExpiresOn);

/// <summary>Why a command about a member is refused, in order of precedence.</summary>
public enum MemberRefusal
{
    /// <summary>There is no such member.</summary>
    NotFound,

    /// <summary>The first or last name is empty, or a name or contact is too long.</summary>
    InvalidName,

    /// <summary>A reason is too long.</summary>
    InvalidReason,

    /// <summary>There is such a member already.</summary>
    MemberExists,

    /// <summary>There is no such plan.</summary>
    UnknownPlan,

    /// <summary>The plan is not sold any more; whoever has it keeps it.</summary>
    PlanRetired,

    /// <summary>The first day is more than ten years away.</summary>
    InvalidStart,

    /// <summary>There is no such membership.</summary>
    UnknownMembership,

    /// <summary>The member has as many memberships as one can have.</summary>
    TooManyMemberships,

    /// <summary>There is no such credential.</summary>
    UnknownCredential,

    /// <summary>The value is empty or too long.</summary>
    InvalidCredential,

    /// <summary>The member has as many credentials as one can have.</summary>
    TooManyCredentials,

    /// <summary>The badge or code belongs to somebody, maybe to this member.</summary>
    CredentialInUse,

    /// <summary>The member signed in too long ago to give a phone a key.</summary>
    SignInAgain,

    /// <summary>The public key is none of the curve P-256.</summary>
    InvalidPassKey,

    /// <summary>The member's key was revoked; the phone has to make another.</summary>
    PassKeyRevoked,

    /// <summary>As many phones of the member have a key as may.</summary>
    TooManyPassKeys,

    /// <summary>There is no such key.</summary>
    UnknownPassKey,

    /// <summary>The person is neither staff nor a supplier: others have what they bought.</summary>
    NotStaffOrSupplier,

    /// <summary>The rights have no name or zone, one twice, no days in a schedule, or end before they start.</summary>
    InvalidRights,

    /// <summary>There is no such site.</summary>
    UnknownSite,

    /// <summary>There is no such zone at the site.</summary>
    UnknownZone,

    /// <summary>There is no such gate.</summary>
    UnknownGate,

    /// <summary>Nobody can be their own guest.</summary>
    GuestIsHost,

    /// <summary>No membership of the member that runs, and is paid, allows one more guest.</summary>
    NoGuestsLeft,

    /// <summary>There is no such guest.</summary>
    UnknownGuest,

    /// <summary>The host is not inside, or suspended.</summary>
    HostAway,

    /// <summary>The door decided this scan alone, and has reported what it did.</summary>
    DecidedAtDoor,

    /// <summary>The member stood at a door since they were imported.</summary>
    MemberCame,

    /// <summary>The member paid something since they were imported.</summary>
    MemberPaid,

    /// <summary>Somebody changed the member's file since they were imported.</summary>
    MemberChanged,
}
