using SmartClub.Grains.Model;

namespace SmartClub.Grains.Staff.Commands;

/// <summary>
/// Opens a session once the gateway has checked password and second factor. Beyond the limit the oldest gives way.
/// </summary>
/// <param name="StaffId">Whose.</param>
/// <param name="SessionId">The session.</param>
/// <param name="TokenHash">What is kept of its token.</param>
/// <param name="ExpiresAt">Its end.</param>
/// <param name="CodeStep">The time step (RFC 6238) of the code, which thereby is used up; null: no such code.</param>
/// <param name="RecoveryHash">The hash of the recovery code, which thereby is used up; null: none.</param>
/// <param name="PasskeyUse">The passkey and its counter; null: none.</param>
/// <param name="Device">What is used, in words such as "Firefox, Linux".</param>
/// <param name="Place">The network address that they come from.</param>
[Internal]
public sealed record OpenSession(
    StaffId StaffId, SessionId SessionId, string TokenHash, DateTimeOffset ExpiresAt, long? CodeStep = null,
    string? RecoveryHash = null, PasskeyUse? PasskeyUse = null, [property: Personal] string? Device = null,
    [property: Personal] string? Place = null)
    : ICommand<Created<SessionTag>>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Ends a session; ending it twice changes nothing.</summary>
[Needs(Rights.Account)]
public sealed record CloseSession(StaffId StaffId, SessionId SessionId) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Ends all sessions but one.</summary>
[Needs(Rights.Account)]
public sealed record CloseOtherSessions(StaffId StaffId, SessionId SessionId) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Notes that a session is in use. A session that has ended stays ended.</summary>
[Internal]
public sealed record SeeSession(StaffId StaffId, SessionId SessionId, [property: Personal] string? Place)
    : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Lets a session see the club as a colleague does, reading only, until it is told otherwise.</summary>
[Needs(Rights.StaffViewAs)]
public sealed record BeginViewAs(
    StaffId StaffId, SessionId SessionId, StaffId Colleague, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Ends that; ending it twice changes nothing.</summary>
[Needs(Rights.Account)]
public sealed record EndViewAs(StaffId StaffId, SessionId SessionId) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}
