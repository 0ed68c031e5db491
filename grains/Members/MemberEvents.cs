using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A person became a member.</summary>
public sealed record MemberRegistered(
    string Code,
    [property: Personal] string? FirstName,
    [property: Personal] string? LastName,
    [property: Personal] string? Email,
    [property: Personal] string? Phone) : IEvent;

/// <summary>
/// The person's name and contacts were corrected. <paramref name="Number"/> counts it: who reads the list can tell
/// whether the list knows of it yet.
/// </summary>
public sealed record MemberDetailsChanged(
    int Number,
    [property: Personal] string? FirstName,
    [property: Personal] string? LastName,
    [property: Personal] string? Email,
    [property: Personal] string? Phone) : IEvent;

/// <summary>The person may come in nowhere.</summary>
public sealed record MemberSuspended(MemberStanding Standing, [property: Personal] string? Reason) : IEvent;

/// <summary>The suspension is over.</summary>
public sealed record MemberResumed(MemberStanding Standing, [property: Personal] string? Reason) : IEvent;

/// <summary>The member was taken back with all they had been given; the command waits for their badges.</summary>
public sealed record MemberWithdrawn(
    CommandId Command, IReadOnlyList<MembershipId> MembershipIds, IReadOnlyList<CredentialId> CredentialIds,
    [property: Personal] string? Reason) : IEvent;

/// <summary>A badge or code was asked for; whether it is free is being found out for the command.</summary>
public sealed record CredentialRequested(
    CommandId Command,
    CredentialId CredentialId,
    CredentialKey Key,
    CredentialKind Kind,
    [property: Personal] string? Value) : IEvent;

/// <summary>The member has a badge or code more.</summary>
public sealed record CredentialAdded(
    CredentialId CredentialId, CredentialKey Key, CredentialKind Kind, [property: Personal] string? Value) : IEvent;

/// <summary>The badge or code that was asked for belongs to somebody.</summary>
public sealed record CredentialNotAdded(CredentialId CredentialId) : IEvent;

/// <summary>A badge or code opens no door any more.</summary>
public sealed record CredentialRevoked(CredentialId CredentialId) : IEvent;
