using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// How a verb on the club's own machine shows that it can read the club's keys: a keyed hash of what it asks and when.
/// It counts only on the way from this machine to itself.
/// </summary>
public static class OwnerProof
{
    /// <summary>Name of the header.</summary>
    public const string Header = "X-Smartclub-Owner";

    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("smartclub/owner");

    /// <summary>The header's value for a request.</summary>
    public static string Of(ClubKeys keys, string method, string pathAndQuery, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{at}.{Convert.ToHexStringLower(Hash(keys, at, method, pathAndQuery))}";
    }

    /// <summary>Whether a request carries a proof that holds.</summary>
    public static bool Holds(ClubKeys keys, HttpContext http, DateTimeOffset now)
    {
        if (http.Request.Headers[Header].ToString() is not { Length: > 0 } given
            || !RightsMiddleware.IsThisMachine(http)
            || given.Split('.') is not [var at, var hash]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Limits.OwnerProof.TotalSeconds)
        {
            return false;
        }

        var asked = http.Request.Path.Value + http.Request.QueryString.Value;
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(hash),
            Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Hash(keys, at, http.Request.Method, asked))));
    }

    private static byte[] Hash(ClubKeys keys, string at, string method, string asked) => HMACSHA256.HashData(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.PersonWrap, 32, info: Purpose),
        Encoding.UTF8.GetBytes($"{at}\n{method}\n{asked}"));
}
