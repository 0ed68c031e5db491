using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Staff.Commands;

/// <summary>What a member of staff does at the club; the gateway turns it into rights.</summary>
[JsonConverter(typeof(SnakeEnumConverter<StaffRole>))]
public enum StaffRole
{
    /// <summary>May do everything.</summary>
    Administrator,

    /// <summary>Receives members.</summary>
    Reception,
}

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

/// <summary>
/// Opens a session once the gateway has checked password and code. Beyond the limit the oldest gives way.
/// </summary>
/// <param name="StaffId">Whose.</param>
/// <param name="SessionId">The session.</param>
/// <param name="TokenHash">What is kept of its token.</param>
/// <param name="ExpiresAt">Its end.</param>
/// <param name="CodeStep">The time step (RFC 6238) of the code, which thereby is used up.</param>
[Internal]
public sealed record OpenSession(
    StaffId StaffId, SessionId SessionId, string TokenHash, DateTimeOffset ExpiresAt, long CodeStep)
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

/// <summary>Why a staff command is refused, in order of precedence.</summary>
public enum StaffRefusal
{
    /// <summary>There is no such account.</summary>
    NotFound,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>The session would end before it begins, or last longer than the limit.</summary>
    InvalidExpiry,

    /// <summary>A session was opened with this code before, or the code is older than any that still may be.</summary>
    CodeAlreadyUsed,

    /// <summary>The address has an account already.</summary>
    StaffExists,
}
