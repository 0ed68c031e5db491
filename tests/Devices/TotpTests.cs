using SmartClub.Devices.Staff;

namespace SmartClub.Tests.Devices;

public sealed class TotpTests
{
    /// <summary>The SHA-1 rows of RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Code_IsTheOneOfTheStandard(long unixTime, string expected)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(unixTime);

        Assert.Equal(expected, Totp.Code("12345678901234567890"u8, at, digits: 8));
        Assert.Equal(expected[2..], Totp.Code("12345678901234567890"u8, at));
    }

    [Theory]
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "12345678901234567890")]
    [InlineData("mzxw6ytboi======", "foobar")]
    [InlineData("MZXW6YQ", "foob")]
    public void Secret_IsDecodedFromBase32(string base32, string expected) =>
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(Totp.DecodeSecret(base32)));

    [Fact]
    public void Secret_IsRefused_WhenItIsNotBase32() =>
        Assert.Throws<FormatException>(() => Totp.DecodeSecret("01189"));
}
