using Microsoft.Extensions.Time.Testing;
using SmartClub.Silo;
using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Gateway;

public sealed class LoginGuardTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private readonly LoginGuard guard;

    public LoginGuardTests() => guard = new LoginGuard(time);

    [Fact]
    public void Account_MayTry_BelowTheLimit()
    {
        Fail(Account(1), Limits.LoginFailures - 1);

        Assert.Null(guard.Wait(Account(1)));
    }

    [Fact]
    public void Account_HasToWait_UntilItsOldestFailureLeavesTheWindow()
    {
        guard.Failed(Account(1));
        time.Advance(TimeSpan.FromMinutes(1));
        Fail(Account(1), Limits.LoginFailures - 1);

        Assert.Equal(Limits.LoginWindow - TimeSpan.FromMinutes(1), guard.Wait(Account(1)));
        time.Advance(Limits.LoginWindow - TimeSpan.FromMinutes(1));
        Assert.Null(guard.Wait(Account(1)));
    }

    [Fact]
    public void Account_WaitsLonger_WhenItGoesOnFailing()
    {
        Fail(Account(1), Limits.LoginFailures);
        time.Advance(TimeSpan.FromMinutes(4));
        Fail(Account(1), Limits.LoginFailures);

        Assert.Equal(Limits.LoginWindow, guard.Wait(Account(1)));
    }

    [Fact]
    public void Account_IsForgiven_WhenItSignsIn()
    {
        Fail(Account(1), Limits.LoginFailures);

        guard.Succeeded(Account(1));

        Assert.Null(guard.Wait(Account(1)));
    }

    [Fact]
    public void Accounts_DoNotShareFailures()
    {
        Fail(Account(1), Limits.LoginFailures);

        Assert.NotNull(guard.Wait(Account(1)));
        Assert.Null(guard.Wait(Account(2)));
    }

    [Fact]
    public void Guard_ForgetsTheAccountThatFailedLongestAgo_WhenItWatchesTooMany()
    {
        Fail(Account(1), Limits.LoginFailures);
        Fail(Account(2), Limits.LoginFailures);
        for (var other = 3; other <= Limits.LoginAccounts; other++)
        {
            guard.Failed(Account(other));
        }

        guard.Failed(Account(1));
        guard.Failed(Account(Limits.LoginAccounts + 1));

        Assert.NotNull(guard.Wait(Account(1)));
        Assert.Null(guard.Wait(Account(2)));
    }

    private static StaffId Account(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private void Fail(StaffId account, int times)
    {
        for (var i = 0; i < times; i++)
        {
            guard.Failed(account);
        }
    }
}
