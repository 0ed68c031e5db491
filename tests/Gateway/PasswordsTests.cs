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

        var step = Now.AddSeconds(seconds).ToUnixTimeSeconds() / 30;
        Assert.Equal(expected ? step : null, Passwords.CodeStep(secret, code, Now));
    }

    [Theory]
    [InlineData(null, "123456")]
    [InlineData("JBSWY3DPEHPK3PXP", "")]
    [InlineData("JBSWY3DPEHPK3PXP", "abcdef")]
    public void Code_IsRefused_WhenThereIsNoneToCompare(string? secret, string code) =>
        Assert.Null(Passwords.CodeStep(secret, code, Now));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(29, 1)]
    public void NextCode_ComesWithTheNextStep(int seconds, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), Passwords.NextCode(Now.AddSeconds(seconds)));

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
