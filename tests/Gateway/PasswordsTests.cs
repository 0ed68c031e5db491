using OtpNet;
using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Gateway;

public sealed class PasswordsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private readonly Passwords passwords = new();

    [Fact]
    public void Password_IsRecognised_OnlyBesideItsOwnHash()
    {
        var hash = passwords.Hash("correct horse");

        Assert.True(passwords.IsPassword(hash, "correct horse"));
        Assert.False(passwords.IsPassword(hash, "correct horse "));
        Assert.False(passwords.IsPassword(null, "correct horse"));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Code_IsRecognised_OneStepEitherSide(int seconds, bool expected)
    {
        var secret = Passwords.NewTotpSecret();
        var code = new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(Now.AddSeconds(seconds).UtcDateTime);

        Assert.Equal(expected, Passwords.IsCode(secret, code, Now));
    }

    [Theory]
    [InlineData(null, "123456")]
    [InlineData("JBSWY3DPEHPK3PXP", "")]
    [InlineData("JBSWY3DPEHPK3PXP", "abcdef")]
    public void Code_IsRefused_WhenThereIsNoneToCompare(string? secret, string code) =>
        Assert.False(Passwords.IsCode(secret, code, Now));

    [Fact]
    public async Task Turns_AreFew()
    {
        using var cancel = new CancellationTokenSource();
        var first = await passwords.Turn(cancel.Token);
        var second = await passwords.Turn(cancel.Token);

        var third = passwords.Turn(cancel.Token);
        Assert.False(third.IsCompleted);
        first!.Dispose();
        Assert.NotNull(await third);
        second!.Dispose();
    }

    public void Dispose() => passwords.Dispose();
}
