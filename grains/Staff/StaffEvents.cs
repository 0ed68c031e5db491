using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Grains.Staff;

/// <summary>Somebody got an account.</summary>
public sealed record StaffCreated(
    [property: Personal] string? Email,
    [property: Personal] string? DisplayName,
    [property: Personal] string? PasswordHash,
    [property: Personal] string? TotpSecret,
    StaffRole Role) : IEvent;

/// <summary>Somebody was invited.</summary>
public sealed record StaffInvited(
    [property: Personal] string? Email,
    [property: Personal] string? DisplayName,
    string TokenHash,
    DateTimeOffset ExpiresAt) : IEvent;

/// <summary>Another link to choose a password by; the one before is worth nothing.</summary>
public sealed record InvitationRenewed(string TokenHash, DateTimeOffset ExpiresAt) : IEvent;

/// <summary>Somebody took a link up.</summary>
public sealed record InvitationAccepted([property: Personal] string? PasswordHash) : IEvent;

/// <summary>All that somebody is allowed from now on.</summary>
public sealed record GrantsSet(IReadOnlyList<StaffGrant> Grants) : IEvent;

/// <summary>An account was locked.</summary>
public sealed record StaffLocked([property: Personal] string? Reason) : IEvent;

/// <summary>An account was opened again.</summary>
public sealed record StaffUnlocked(bool HasPassword) : IEvent;

/// <summary>Somebody signed in, before it was noted with what and from where.</summary>
public sealed record SessionOpened(
    SessionId SessionId, string TokenHash, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt) : IEvent;

/// <summary>Somebody signed in.</summary>
public sealed record SessionBegun(
    SessionId SessionId, string TokenHash, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt,
    [property: Personal] string? Device, [property: Personal] string? Place) : IEvent;

/// <summary>A session is in use.</summary>
public sealed record SessionSeen(SessionId SessionId, DateTimeOffset At, [property: Personal] string? Place) : IEvent;

/// <summary>A one-time code opened a session and is worth nothing from now on.</summary>
public sealed record CodeUsed(long Step) : IEvent;

/// <summary>A recovery code opened a session and is worth nothing from now on.</summary>
public sealed record RecoveryCodeUsed(string Hash, int Left) : IEvent;

/// <summary>A session is over: signed out, run out or pushed out by a newer one.</summary>
public sealed record SessionClosed(SessionId SessionId) : IEvent;

/// <summary>A session sees the club as a colleague does.</summary>
public sealed record ViewAsBegun(
    SessionId SessionId, StaffId Colleague, [property: Personal] string? Reason) : IEvent;

/// <summary>A session sees the club with its own eyes again.</summary>
public sealed record ViewAsEnded(SessionId SessionId, StaffId Colleague) : IEvent;

/// <summary>Another password.</summary>
public sealed record PasswordSet([property: Personal] string? PasswordHash) : IEvent;

/// <summary>One-time codes come from this secret.</summary>
public sealed record TotpSet([property: Personal] string? TotpSecret) : IEvent;

/// <summary>There are no one-time codes any more.</summary>
public sealed record TotpRemoved : IEvent;

/// <summary>New recovery codes; the ones before are worth nothing.</summary>
public sealed record RecoveryCodesSet(IReadOnlyList<string> Hashes) : IEvent;

/// <summary>A passkey was added.</summary>
public sealed record PasskeyAdded(
    string Key, [property: Personal] string? Name, string Record, DateTimeOffset AddedAt) : IEvent;

/// <summary>A passkey was used, and is kept as this from now on.</summary>
public sealed record PasskeyUsed(string Key, string Record) : IEvent;

/// <summary>A passkey opens nothing any more.</summary>
public sealed record PasskeyRemoved(string Key) : IEvent;

/// <summary>Somebody has no second factor any more.</summary>
public sealed record SecondFactorReset([property: Personal] string? Reason) : IEvent;
