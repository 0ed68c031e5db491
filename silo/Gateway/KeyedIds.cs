using System.Security.Cryptography;
using System.Text;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway;

/// <summary>Ids of new things: derived from the command that makes them, so that a repeat makes nothing new.</summary>
public static class NewIds
{
    /// <summary>The id of what a command makes.</summary>
    public static Id<TTag> Of<TTag>(CommandId command)
        where TTag : IIdTag => new(command.Derive(TTag.Prefix).Value);
}

/// <summary>Accounts are found by a keyed hash of their address, which stands nowhere in the clear.</summary>
public static class StaffIds
{
    /// <summary>The account of an address, whether it exists or not.</summary>
    public static StaffId Of(ClubKeys keys, string email) =>
        new(ClubKeys.Name(keys.StaffIndex, email.Trim().ToLowerInvariant()));
}

/// <summary>Badges and codes are found by a keyed hash of kind and value.</summary>
public static class CredentialKeys
{
    /// <summary>The key of a badge or code.</summary>
    public static CredentialKey Of(ClubKeys keys, CredentialKind kind, string value) =>
        new(ClubKeys.Name(keys.CredentialIndex, Kinds[(int)kind], value));

    // Asked on every scan, so the words are made once.
    private static readonly string[] Kinds =
        [.. Enum.GetValues<CredentialKind>().Select(kind => Refusal.Snake(kind.ToString()))];
}

/// <summary>
/// The secrets of gates. They are derived from the club's keys and the command, so that a repeated command has the
/// same content and its answer can be given again, although the secret is stored nowhere in the clear.
/// </summary>
public static class GateKeys
{
    private const int Bytes = 32;
    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("smartclub/gate-key");

    /// <summary>The secret that a command gives a gate, base64.</summary>
    public static string Of(ClubKeys keys, CommandId command)
    {
        // The key that already guards the stored form of these secrets; a purpose of its own keeps the two apart.
        var purpose = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.PersonWrap, Bytes, info: Purpose);
        return Convert.ToBase64String(HMACSHA256.HashData(purpose, command.Value.ToByteArray(bigEndian: true)));
    }
}
