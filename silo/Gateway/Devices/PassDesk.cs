using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>What the gateway found out about a rotating pass: whose it is, and whether it is good by itself.</summary>
public readonly record struct PassFindings(CredentialOwner Owner, PassVerdict Verdict, PassUse Use);

/// <summary>
/// Checks rotating passes. Whether one was used before, only the member's grain can say: it decides one at a time.
/// </summary>
public sealed class PassDesk(PassKeyMirror keys, TimeProvider time)
{
    /// <summary>
    /// Whose pass it is; null where that is not proven: it is none, nobody has its key, or somebody else signed it.
    /// </summary>
    public PassFindings? Check(string value)
    {
        if (!RotatingPass.TryRead(value, out var pass) || keys.Find(pass.Key) is not { } key
            || !pass.IsSignedBy(PassPublicKey.Parse(key.PublicKey)))
        {
            return null;
        }

        var verdict = pass.IsFresh(time.GetUtcNow()) ? PassVerdict.Good : PassVerdict.Expired;
        return new PassFindings(new CredentialOwner(key.Member, key.Id), verdict, pass.Use);
    }
}
