using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Accounts;

/// <summary>The mail that a member can sign in with now.</summary>
public sealed record Challenge(ChallengeId Id, DateTimeOffset ExpiresAt, int Failures)
{
    /// <summary>Whether its code and link work at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset now) => now < ExpiresAt && Failures < Limits.SignInFailures;
}

/// <summary>One phone on which a member is signed in.</summary>
public sealed record MemberSession(
    SessionId Id, string TokenHash, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt);

/// <summary>What a member has for the app.</summary>
public sealed class AccountState : IGrainState
{
    /// <summary>The last mail, unless it has served.</summary>
    [JsonInclude]
    public Challenge? Challenge { get; private set; }

    /// <summary>When the last mails were wanted.</summary>
    [JsonInclude]
    public List<DateTimeOffset> Mails { get; private set; } = [];

    /// <summary>Sessions that were not closed, oldest first.</summary>
    [JsonInclude]
    public List<MemberSession> Sessions { get; private set; } = [];

    /// <summary>The language that the member chose; null: none yet.</summary>
    [JsonInclude]
    public string? Language { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case SignInRequested asked:
                Challenge = new Challenge(asked.ChallengeId, asked.ExpiresAt, 0);
                Mails.RemoveAll(at => at <= asked.At - Limits.SignInMailsWindow);
                Mails.Add(asked.At);
                break;
            case SignInFailed failed when Challenge is not null:
                Challenge = Challenge with { Failures = failed.Failures };
                break;
            case SignInUsed:
                Challenge = null;
                break;
            case MemberSessionOpened opened:
                Sessions.Add(new MemberSession(
                    opened.SessionId, opened.TokenHash, opened.OpenedAt, opened.ExpiresAt));
                break;
            case MemberSessionClosed closed:
                Sessions.RemoveAll(s => s.Id == closed.SessionId);
                break;
            case LanguageChosen chosen:
                Language = chosen.Language;
                break;
        }
    }
}
