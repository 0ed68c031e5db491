using System.Text.Json.Serialization;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Grains.Staff;

/// <summary>One open session.</summary>
public sealed record Session(
    SessionId Id, string TokenHash, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt, string? Device, string? Place,
    DateTimeOffset SeenAt, StaffId? ViewsAs = null);

/// <summary>A link that a password can be chosen by.</summary>
public sealed record OpenInvitation(string TokenHash, DateTimeOffset ExpiresAt);

/// <summary>A member of staff with what signing in is checked against. Snapshots of it are sealed.</summary>
public sealed class StaffState : IGrainState
{
    /// <summary>Whether there is such an account.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>The address, or null once the person was erased.</summary>
    [JsonInclude]
    public string? Email { get; private set; }

    /// <summary>The name, or null once the person was erased.</summary>
    [JsonInclude]
    public string? DisplayName { get; private set; }

    /// <summary>The stored form of the password; null until one was chosen.</summary>
    [JsonInclude]
    public string? PasswordHash { get; private set; }

    /// <summary>The secret of the one-time codes, base32; null: there are none.</summary>
    [JsonInclude]
    public string? TotpSecret { get; private set; }

    /// <summary>The passkeys, oldest first.</summary>
    [JsonInclude]
    public List<Passkey> Passkeys { get; private set; } = [];

    /// <summary>Hashes of the recovery codes that were not used.</summary>
    [JsonInclude]
    public List<string> RecoveryHashes { get; private set; } = [];

    /// <summary>The link that can be taken up; null: none.</summary>
    [JsonInclude]
    public OpenInvitation? Invitation { get; private set; }

    /// <summary>All that they are allowed.</summary>
    [JsonInclude]
    public IReadOnlyList<StaffGrant> Grants { get; private set; } = [];

    /// <summary>Whether the account is locked.</summary>
    [JsonInclude]
    public bool IsDisabled { get; private set; }

    /// <summary>Sessions that were not closed, oldest first.</summary>
    [JsonInclude]
    public List<Session> Sessions { get; private set; } = [];

    /// <summary>Time steps of the codes that were used last and might still be in their window.</summary>
    [JsonInclude]
    public List<long> CodeSteps { get; private set; } = [];

    /// <summary>Whether a password alone does not open the account.</summary>
    [JsonIgnore]
    public bool HasSecondFactor => TotpSecret is not null || Passkeys.Count > 0;

    /// <summary>
    /// Whether the code of a time step was used. So is every one below the window of the newest: a clock that is put
    /// back makes no code good again.
    /// </summary>
    public bool IsUsed(long step) => CodeSteps.Contains(step) || CodeSteps.Exists(used => IsBelowWindow(step, used));

    /// <summary>Whether a second factor is obligatory: an administrator's password opens the whole club.</summary>
    public bool MustHaveSecondFactor(DateTimeOffset now) =>
        Grants.Any(g => g.Role == StaffRole.Administrator && !(g.Until <= now));

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case StaffCreated created:
                (Exists, Email, DisplayName) = (true, created.Email, created.DisplayName);
                (PasswordHash, TotpSecret) = (created.PasswordHash, created.TotpSecret);
                Grants = [new StaffGrant(created.Role)];
                break;
            case StaffInvited invited:
                (Exists, Email, DisplayName) = (true, invited.Email, invited.DisplayName);
                Invitation = new OpenInvitation(invited.TokenHash, invited.ExpiresAt);
                break;
            case InvitationRenewed renewed:
                Invitation = new OpenInvitation(renewed.TokenHash, renewed.ExpiresAt);
                break;
            case InvitationAccepted accepted:
                (PasswordHash, Invitation) = (accepted.PasswordHash, null);
                break;
            case GrantsSet set:
                Grants = set.Grants;
                break;
            case StaffLocked:
                (IsDisabled, Invitation) = (true, null);
                break;
            case StaffUnlocked:
                IsDisabled = false;
                break;
            case PasswordSet set:
                PasswordHash = set.PasswordHash;
                break;
            default:
                ApplyToSessions(happened);
                ApplyToFactors(happened);
                break;
        }
    }

    private void ApplyToSessions(IEvent happened)
    {
        switch (happened)
        {
            case SessionOpened old:
                Sessions.Add(new Session(
                    old.SessionId, old.TokenHash, old.OpenedAt, old.ExpiresAt, null, null, old.OpenedAt));
                break;
            case SessionBegun begun:
                Sessions.Add(new Session(
                    begun.SessionId, begun.TokenHash, begun.OpenedAt, begun.ExpiresAt, begun.Device, begun.Place,
                    begun.OpenedAt));
                break;
            case SessionSeen seen:
                Change(seen.SessionId, s => s with { SeenAt = seen.At, Place = seen.Place });
                break;
            case ViewAsBegun viewing:
                Change(viewing.SessionId, s => s with { ViewsAs = viewing.Colleague });
                break;
            case ViewAsEnded ended:
                Change(ended.SessionId, s => s with { ViewsAs = null });
                break;
            case SessionClosed closed:
                Sessions.RemoveAll(s => s.Id == closed.SessionId);
                break;
        }
    }

    private void ApplyToFactors(IEvent happened)
    {
        switch (happened)
        {
            case CodeUsed used:
                CodeSteps.RemoveAll(step => IsBelowWindow(step, used.Step));
                CodeSteps.Add(used.Step);
                break;
            case TotpSet set:
                TotpSecret = set.TotpSecret;
                CodeSteps.Clear();
                break;
            case TotpRemoved:
                TotpSecret = null;
                break;
            case RecoveryCodesSet set:
                RecoveryHashes = [.. set.Hashes];
                break;
            case RecoveryCodeUsed used:
                RecoveryHashes.Remove(used.Hash);
                break;
            case PasskeyAdded added:
                Passkeys.Add(new Passkey(added.Key, added.Name, added.Record, added.AddedAt));
                break;
            case PasskeyUsed used:
                Passkeys = Passkeys.ConvertAll(p => p.Key == used.Key ? p with { Record = used.Record } : p);
                break;
            case PasskeyRemoved removed:
                Passkeys.RemoveAll(p => p.Key == removed.Key);
                break;
            case SecondFactorReset:
                TotpSecret = null;
                Passkeys.Clear();
                RecoveryHashes.Clear();
                break;
        }
    }

    private void Change(SessionId id, Func<Session, Session> change) =>
        Sessions = Sessions.ConvertAll(s => s.Id == id ? change(s) : s);

    // The newest was at most one window ahead of the clock, and codes may be one window behind it.
    private static bool IsBelowWindow(long step, long newest) => step < newest - (2 * Limits.CodeWindowSteps);
}
