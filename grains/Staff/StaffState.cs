using System.Text.Json.Serialization;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Grains.Staff;

/// <summary>One open session.</summary>
public sealed record Session(SessionId Id, string TokenHash, DateTimeOffset ExpiresAt);

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

    /// <summary>The stored form of the password.</summary>
    [JsonInclude]
    public string? PasswordHash { get; private set; }

    /// <summary>The secret of the second factor, base32.</summary>
    [JsonInclude]
    public string? TotpSecret { get; private set; }

    /// <summary>What they do.</summary>
    [JsonInclude]
    public StaffRole Role { get; private set; }

    /// <summary>Sessions that were not closed, oldest first.</summary>
    [JsonInclude]
    public List<Session> Sessions { get; private set; } = [];

    /// <summary>Time steps of the codes that were used last and might still be in their window.</summary>
    [JsonInclude]
    public List<long> CodeSteps { get; private set; } = [];

    /// <summary>
    /// Whether the code of a time step was used. So is every one below the window of the newest: a clock that is put
    /// back makes no code good again.
    /// </summary>
    public bool IsUsed(long step) => CodeSteps.Contains(step) || CodeSteps.Exists(used => IsBelowWindow(step, used));

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case StaffCreated created:
                Exists = true;
                Email = created.Email;
                DisplayName = created.DisplayName;
                PasswordHash = created.PasswordHash;
                TotpSecret = created.TotpSecret;
                Role = created.Role;
                break;
            case SessionOpened opened:
                Sessions.Add(new Session(opened.SessionId, opened.TokenHash, opened.ExpiresAt));
                break;
            case CodeUsed used:
                CodeSteps.RemoveAll(step => IsBelowWindow(step, used.Step));
                CodeSteps.Add(used.Step);
                break;
            case SessionClosed closed:
                Sessions.RemoveAll(s => s.Id == closed.SessionId);
                break;
        }
    }

    // The newest was at most one window ahead of the clock, and codes may be one window behind it.
    private static bool IsBelowWindow(long step, long newest) => step < newest - (2 * Limits.CodeWindowSteps);
}
