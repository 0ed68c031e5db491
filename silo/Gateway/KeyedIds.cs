using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using OtpNet;
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
/// Secrets that are derived from the club's keys and the command that makes them, so that a repeated command has the
/// same content and its answer can be given again, although the secret is stored nowhere in the clear.
/// </summary>
public static class Secrets
{
    private const int Bytes = 32;

    /// <summary>The secret that a command makes, for one purpose.</summary>
    public static byte[] Of(ClubKeys keys, string purpose, CommandId command, int number = 0)
    {
        // The key that already guards the stored form of these secrets; a purpose of its own keeps them apart.
        var name = Encoding.UTF8.GetBytes("smartclub/" + purpose);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.PersonWrap, Bytes, info: name);
        Span<byte> text = stackalloc byte[20];
        command.Value.TryWriteBytes(text, bigEndian: true, out _);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(text[16..], number);
        return HMACSHA256.HashData(key, number == 0 ? text[..16] : text);
    }
}

/// <summary>The secrets of gates.</summary>
public static class GateKeys
{
    /// <summary>The secret that a command gives a gate, base64.</summary>
    public static string Of(ClubKeys keys, CommandId command) =>
        Convert.ToBase64String(Secrets.Of(keys, "gate-key", command));
}

/// <summary>Codes that the club makes up for whoever has no badge: nobody guesses one.</summary>
public static class PrintedCodes
{
    private const int Bytes = 15;

    /// <summary>What stands in the QR code that a command makes.</summary>
    public static string Of(ClubKeys keys, CommandId command) =>
        Base32Encoding.ToString(Secrets.Of(keys, "printed-code", command)[..Bytes]);
}

/// <summary>The secret half of a link that a password is chosen by.</summary>
public static class InvitationTokens
{
    /// <summary>What the link carries: whose account it is, and the secret.</summary>
    public static string Of(ClubKeys keys, StaffId staff, CommandId command) =>
        $"{staff}.{WebEncoders.Base64UrlEncode(Secrets.Of(keys, "invitation", command))}";

    /// <summary>Whose account a link is for; null: it is no link of ours.</summary>
    public static StaffId? Staff(string token) =>
        token.Split('.') is [var staff, { Length: > 0 }] && StaffId.TryParse(staff, null, out var id) ? id : null;
}

/// <summary>Codes that replace a lost phone: 80 bits each, so a plain hash of them is enough.</summary>
public static class RecoveryCodes
{
    private const int Bytes = 10;

    /// <summary>The codes that a command makes, in groups that a person can type.</summary>
    public static IReadOnlyList<string> Of(ClubKeys keys, CommandId command, int count) =>
    [
        .. Enumerable.Range(1, count).Select(number => string.Join('-', Base32Encoding
            .ToString(Secrets.Of(keys, "recovery-code", command, number)[..Bytes]).TrimEnd('=').Chunk(4)
            .Select(group => new string(group)))),
    ];

    /// <summary>What is kept of a code, however it was typed.</summary>
    public static string Hash(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(code))));

    /// <summary>Whether a text looks like such a code, and not like one of six digits.</summary>
    public static bool IsOne(string code) => Plain(code) is { Length: 16 } plain && plain.Any(char.IsAsciiLetter);

    private static string Plain(string code) =>
        new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
}
