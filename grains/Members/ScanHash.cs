using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// A short name of a scan: device, the device's own scan id, credential and direction. It only tells apart the few
/// scans that one member grain remembers, so 64 bits are plenty.
/// </summary>
public static class ScanHash
{
    /// <summary>FNV-1a, which is the same in every process, unlike the hash codes of the platform.</summary>
    public static long Of(GateId gate, string scanId, CredentialId credential, Direction direction)
    {
        Span<byte> ids = stackalloc byte[33];
        gate.Value.TryWriteBytes(ids, bigEndian: true, out _);
        credential.Value.TryWriteBytes(ids[16..], bigEndian: true, out _);
        ids[32] = (byte)direction;
        var hash = 0xcbf29ce484222325UL;
        foreach (var b in ids)
        {
            hash = unchecked((hash ^ b) * 0x100000001b3UL);
        }

        foreach (var c in scanId)
        {
            hash = unchecked((hash ^ c) * 0x100000001b3UL);
        }

        return unchecked((long)hash);
    }

    /// <summary>The name of an entry by hand, which no device scanned.</summary>
    public static long OfHand(CommandId command)
    {
        Span<byte> id = stackalloc byte[16];
        command.Value.TryWriteBytes(id, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(id);
    }
}
