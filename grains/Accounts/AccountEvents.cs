using SmartClub.Grains.Model;

namespace SmartClub.Grains.Accounts;

/// <summary>A mail to sign in with was wanted. It replaces the one before.</summary>
public sealed record SignInRequested(ChallengeId ChallengeId, DateTimeOffset At, DateTimeOffset ExpiresAt) : IEvent;

/// <summary>A wrong code was shown.</summary>
public sealed record SignInFailed(ChallengeId ChallengeId, int Failures) : IEvent;

/// <summary>The mail has served.</summary>
public sealed record SignInUsed(ChallengeId ChallengeId) : IEvent;

/// <summary>A member signed in on a phone.</summary>
public sealed record MemberSessionOpened(
    SessionId SessionId, string TokenHash, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt) : IEvent;

/// <summary>A session of a member is over.</summary>
public sealed record MemberSessionClosed(SessionId SessionId) : IEvent;

/// <summary>The member is spoken to in this language.</summary>
public sealed record LanguageChosen(string Language) : IEvent;
