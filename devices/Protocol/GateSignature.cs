using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartClub.Devices.Protocol;

/// <summary>The signature of gate protocol v1.</summary>
public static class GateSignature
{
    public static string Sign(
        ReadOnlySpan<byte> key, string method, string pathWithQuery, long unixTime, ulong sequence,
        ReadOnlySpan<byte> body)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(body));
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{method}\n{pathWithQuery}\n{unixTime}\n{sequence}\n{digest}");
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
