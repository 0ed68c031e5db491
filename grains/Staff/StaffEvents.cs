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

/// <summary>Somebody signed in.</summary>
public sealed record SessionOpened(
    SessionId SessionId, string TokenHash, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt) : IEvent;

/// <summary>A one-time code opened a session and is worth nothing from now on.</summary>
public sealed record CodeUsed(long Step) : IEvent;

/// <summary>A session is over: signed out, run out or pushed out by a newer one.</summary>
public sealed record SessionClosed(SessionId SessionId) : IEvent;
