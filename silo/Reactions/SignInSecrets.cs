using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Reactions;

/// <summary>
/// The code and the link of a sign-in mail. Both are derived from the club's keys and the attempt, so they stand
/// nowhere but in the mail: not in the database, not in a backup, and any silo of the club knows them.
/// </summary>
public sealed class SignInSecrets(ClubKeys keys)
{
    private const int CodeCount = 1_000_000;

    /// <summary>Six digits to type.</summary>
    public string Code(ChallengeId challenge)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(Derive("code", challenge)) % CodeCount;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>What the link carries: the attempt and 32 bytes that only this club can make.</summary>
    public string Link(ChallengeId challenge) =>
        $"{challenge}.{WebEncoders.Base64UrlEncode(Derive("link", challenge))}";

    /// <summary>Whether these are the digits, found out in the same time whatever they are.</summary>
    public bool IsCode(ChallengeId challenge, string code) => AreEqual(Code(challenge), code);

    /// <summary>Whether this is what the link carried.</summary>
    public bool IsLink(ChallengeId challenge, string link) => AreEqual(Link(challenge), link);

    private static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private byte[] Derive(string purpose, ChallengeId challenge) =>
        HMACSHA256.HashData(keys.SignIn, Encoding.UTF8.GetBytes($"{purpose}\u001f{challenge}"));
}
