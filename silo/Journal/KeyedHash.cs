using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SmartClub.Silo.Journal;

/// <summary>
/// HMAC-SHA256 for what every scan asks several times. Setting a key up costs as much as hashing a short text with it,
/// so each key keeps one hash that is ready; who finds it in use makes one more.
/// </summary>
public static class KeyedHash
{
    private static readonly ConditionalWeakTable<byte[], Ready> Keys = [];

    /// <summary>The 32 bytes of a text's hash. The key's bytes must not change while it is in use.</summary>
    public static void Compute(byte[] key, ReadOnlySpan<byte> text, Span<byte> digest)
    {
        var ready = Keys.GetOrCreateValue(key);
        var hash = Interlocked.Exchange(ref ready.Hash, null)
            ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(text);
        hash.GetHashAndReset(digest);
        Interlocked.Exchange(ref ready.Hash, hash)?.Dispose();
    }

    private sealed class Ready
    {
        public IncrementalHash? Hash;
    }
}
