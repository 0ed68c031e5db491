using SmartClub.Grains.Model;

namespace SmartClub.Grains.Credentials;

/// <summary>A badge or code belongs to a member from now on.</summary>
public sealed record CredentialClaimed(MemberId MemberId, CredentialId CredentialId) : IEvent;

/// <summary>A badge or code is free again.</summary>
public sealed record CredentialReleased(MemberId MemberId, CredentialId CredentialId) : IEvent;
