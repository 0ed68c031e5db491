using SmartClub.Agent.Lists;
using SmartClub.Agent.Store;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Members;

namespace SmartClub.Agent.Doors;

/// <summary>
/// What a door that is alone finds out about a rotating pass, by the same code as the silo. It knows only of its own
/// uses: one pass at two doors that are alone is found when both have told.
/// </summary>
/// <param name="Right">The right of the phone's member here; null: its key is not on the list.</param>
/// <param name="Fault">What is wrong with the pass itself; null: nothing.</param>
/// <param name="Use">What makes it this one, for the next time it is shown.</param>
public sealed record PassCheck(ListedRight? Right, string? Fault, string? Use)
{
    /// <summary>Checks a pass.</summary>
    public static PassCheck Of(string value, byte[] listKey, KeptList list, AgentStore store, DateTimeOffset now)
    {
        if (!RotatingPass.TryRead(value, out var pass))
        {
            return new PassCheck(null, "pass_invalid", null);
        }

        var right = list.Find(GateListing.Hash(listKey, GateListing.PassKind, pass.Key.ToString()));
        if (right?.PassKey is not { } key || !pass.IsSignedBy(PassPublicKey.Parse(key)))
        {
            return new PassCheck(null, "pass_invalid", null);
        }

        var use = $"{pass.Key}:{pass.Use.Nonce}:{pass.Use.SignedAt}";
        return new PassCheck(
            right, !pass.IsFresh(now) ? "pass_expired" : store.IsPassUsed(use) ? "pass_used" : null, use);
    }
}
