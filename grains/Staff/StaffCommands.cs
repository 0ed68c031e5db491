using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Staff.Commands;

/// <summary>The roles that every club has; the gateway turns them into rights.</summary>
[JsonConverter(typeof(SnakeEnumConverter<StaffRole>))]
public enum StaffRole
{
    /// <summary>May do everything.</summary>
    Administrator,

    /// <summary>Runs the club: sets it up, and sees who did what.</summary>
    Manager,

    /// <summary>Takes money: sells and renews memberships.</summary>
    Cashier,

    /// <summary>Receives members.</summary>
    Desk,

    /// <summary>What <see cref="Desk"/> was called at first; stored accounts have it.</summary>
    Reception,
}

/// <summary>Something that somebody is allowed: exactly one of a role, a role of the club's own, and a right.</summary>
/// <param name="Role">A role that every club has.</param>
/// <param name="OwnRole">A role that this club made.</param>
/// <param name="Right">A single right, one of <see cref="Rights"/>.</param>
/// <param name="SiteId">Where; null: everywhere.</param>
/// <param name="Until">Until when, excluded; null: for good.</param>
public sealed record StaffGrant(
    StaffRole? Role = null, RoleId? OwnRole = null, string? Right = null, SiteId? SiteId = null,
    DateTimeOffset? Until = null);

/// <summary>Gives somebody an account. The id is a keyed hash of the e-mail address, so an address has one.</summary>
[Internal]
public sealed record CreateStaff(
    StaffId StaffId,
    [property: Personal] string? Email,
    [property: Personal] string? DisplayName,
    [property: Personal] string? PasswordHash,
    [property: Personal] string? TotpSecret,
    StaffRole Role) : ICommand<Created<StaffTag>>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Gives somebody an account that they open with a link, by choosing a password.</summary>
[Needs(Rights.StaffWrite)]
public sealed record InviteStaff(
    StaffId StaffId,
    [property: Personal] string? Email,
    [property: Personal] string? DisplayName,
    string TokenHash,
    IReadOnlyList<StaffGrant> Grants,
    string Language) : ICommand<Invitation>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>An invitation, and when it ends.</summary>
public sealed record Invitation(StaffId Id, DateTimeOffset ExpiresAt);

/// <summary>
/// Sends another link; the one before ends. Who has a password keeps it until they choose another one by the link.
/// </summary>
[Needs(Rights.StaffWrite)]
public sealed record RenewInvitation(StaffId StaffId, string TokenHash, string Language) : ICommand<Invitation>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Takes a link up: it sets the password and counts once. Sessions that were open end.</summary>
[Internal]
public sealed record AcceptInvitation(
    StaffId StaffId, string TokenHash, [property: Personal] string? PasswordHash) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Says all that somebody is allowed. It counts at once, also in sessions that are open.</summary>
[Needs(Rights.StaffWrite)]
public sealed record SetGrants(StaffId StaffId, IReadOnlyList<StaffGrant> Grants) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Locks an account and ends its sessions. Locking it twice changes nothing.</summary>
[Needs(Rights.StaffWrite)]
public sealed record DisableStaff(StaffId StaffId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Opens a locked account again.</summary>
[Needs(Rights.StaffWrite)]
public sealed record EnableStaff(StaffId StaffId) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Why a staff command is refused, in order of precedence.</summary>
public enum StaffRefusal
{
    /// <summary>There is no such account.</summary>
    NotFound,

    /// <summary>The account is locked.</summary>
    StaffDisabled,

    /// <summary>Nobody changes what they themselves are allowed, nor locks themselves out.</summary>
    OwnAccess,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>A reason is too long.</summary>
    InvalidReason,

    /// <summary>A grant is not exactly one role or right, or there are too many.</summary>
    InvalidGrants,

    /// <summary>A grant is limited to a site that there is not.</summary>
    UnknownSite,

    /// <summary>The session would end before it begins, or last longer than the limit.</summary>
    InvalidExpiry,

    /// <summary>A session was opened with this code before, or the code is older than any that still may be.</summary>
    CodeAlreadyUsed,

    /// <summary>The link was used, replaced or is too old.</summary>
    InvitationEnded,

    /// <summary>The account has no such passkey.</summary>
    UnknownPasskey,

    /// <summary>The account has as many passkeys as it can have.</summary>
    TooManyPasskeys,

    /// <summary>An administrator cannot be without a second factor.</summary>
    SecondFactorObligatory,

    /// <summary>The address has an account already.</summary>
    StaffExists,
}
