using SmartClub.Grains.Model;

namespace SmartClub.Grains.Staff.Commands;

/// <summary>Sets another password and ends all sessions but the one that asks.</summary>
[Needs(Rights.Account)]
public sealed record SetPassword(StaffId StaffId, SessionId SessionId, [property: Personal] string? PasswordHash)
    : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>
/// Sets the secret of the one-time codes, proven by a code of it, and new recovery codes, of which only hashes are
/// kept.
/// </summary>
[Needs(Rights.Account)]
public sealed record SetTotp(
    StaffId StaffId, [property: Personal] string? TotpSecret, long CodeStep, IReadOnlyList<string> RecoveryHashes)
    : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Takes the one-time codes away.</summary>
[Needs(Rights.Account)]
public sealed record RemoveTotp(StaffId StaffId) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Sets new recovery codes; the ones before end.</summary>
[Needs(Rights.Account)]
public sealed record SetRecoveryCodes(StaffId StaffId, IReadOnlyList<string> RecoveryHashes) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>A passkey as it is kept: nothing in it is secret.</summary>
/// <param name="Key">The credential's id, base64url.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Record">All that is needed to check it, as the gateway wrote it.</param>
/// <param name="AddedAt">Since when.</param>
public sealed record Passkey(string Key, string? Name, string Record, DateTimeOffset AddedAt);

/// <summary>That a passkey was used, and how it is kept from then on, with its counter.</summary>
public sealed record PasskeyUse(string Key, string Record);

/// <summary>Adds a passkey, and recovery codes where there are none yet.</summary>
[Needs(Rights.Account)]
public sealed record AddPasskey(
    StaffId StaffId, string Key, [property: Personal] string? Name, string Record,
    IReadOnlyList<string> RecoveryHashes) : ICommand<PasskeyTaken>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>A passkey counts from now on; and whether the recovery codes that came along do.</summary>
public sealed record PasskeyTaken(bool HasNewCodes);

/// <summary>Takes a passkey away.</summary>
[Needs(Rights.Account)]
public sealed record RemovePasskey(StaffId StaffId, string Key) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}

/// <summary>Takes every second factor away from somebody who has lost theirs, and ends their sessions.</summary>
[Needs(Rights.StaffWrite)]
public sealed record ResetSecondFactor(StaffId StaffId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => StaffId.Grain;
}
