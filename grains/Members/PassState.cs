using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>The key of a phone, revoked ones too.</summary>
public sealed record PassKey(CredentialId Id, string PublicKey, bool IsRevoked);

/// <summary>A rotating pass that was shown.</summary>
public readonly record struct ConsumedPass(CredentialId PassKeyId, long Nonce, long SignedAt);

/// <summary>The part of a member that their phones move.</summary>
public sealed partial class MemberState
{
    /// <summary>Keys of phones in the order in which they came.</summary>
    [JsonInclude]
    public PassKey[] PassKeys { get; private set; } = [];

    /// <summary>Passes that were shown and might still be fresh.</summary>
    [JsonInclude]
    public ConsumedPass[] ConsumedPasses { get; private set; } = [];

    /// <summary>
    /// Passes signed at or before this count as used. It rises with what is forgotten, so that a clock that is set
    /// back makes no used pass good again.
    /// </summary>
    [JsonInclude]
    public long PassFloor { get; private set; }

    /// <summary>The key with this id, or null.</summary>
    public PassKey? PassKey(CredentialId id) => Array.Find(PassKeys, k => k.Id == id);

    /// <summary>What the member grain knows about a pass that the gateway found good.</summary>
    public PassVerdict Judge(CredentialId passKey, PassVerdict verdict, PassUse? use) =>
        verdict == PassVerdict.Good && use is { } pass && IsConsumed(passKey, pass) ? PassVerdict.Used : verdict;

    private bool IsConsumed(CredentialId passKey, PassUse use) => use.SignedAt <= PassFloor
        || Array.Exists(ConsumedPasses, c => c.PassKeyId == passKey && c.Nonce == use.Nonce);

    private void ApplyPass(IEvent happened)
    {
        switch (happened)
        {
            case PassKeyAdded added:
                PassKeys = [.. PassKeys, new PassKey(added.PassKeyId, added.PublicKey, false)];
                break;
            case PassKeyRevoked revoked:
                PassKeys = Array.ConvertAll(
                    PassKeys, k => k.Id == revoked.PassKeyId ? k with { IsRevoked = true } : k);
                break;
            case PassConsumed consumed:
                Apply(consumed);
                break;
        }
    }

    private void Apply(PassConsumed consumed)
    {
        // What is older than the window can be shown no more, unless the clock is set back: hence the floor.
        var kept = new List<ConsumedPass>(ConsumedPasses.Length + 1);
        var oldest = consumed.At.ToUnixTimeSeconds() - (long)Limits.PassWindow.TotalSeconds - 1;
        foreach (var pass in ConsumedPasses)
        {
            if (pass.SignedAt >= oldest)
            {
                kept.Add(pass);
            }
            else
            {
                PassFloor = Math.Max(PassFloor, pass.SignedAt);
            }
        }

        // A door that was alone may tell of one that is known already.
        var used = new ConsumedPass(consumed.PassKeyId, consumed.Nonce, consumed.SignedAt);
        if (!kept.Contains(used))
        {
            kept.Add(used);
        }

        if (kept.Count > Limits.PassUsesKept)
        {
            var first = kept.MinBy(p => p.SignedAt);
            PassFloor = Math.Max(PassFloor, first.SignedAt);
            kept.Remove(first);
        }

        ConsumedPasses = [.. kept];
    }
}
