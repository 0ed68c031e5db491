using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Journal;

/// <summary>How long a silo may answer, and when another one may.</summary>
public sealed class LeaseTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Lease_LastsFromTheMomentOfSending_NotOfTheAnswer()
    {
        var lease = new Lease(clock);
        Assert.False(lease.IsHeld);
        var sent = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(1.5));

        lease.Begin(7, sent);

        Assert.True(lease.IsHeld);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(lease.IsHeld);
        var refused = Assert.Throws<JournalUnavailableException>(lease.ThrowIfOver);
        Assert.Equal("not_active", refused.Code);
    }

    [Fact]
    public void Lease_IsNotMoved_ByAClockThatIsSet()
    {
        var lease = new Lease(clock);
        lease.Begin(1, clock.GetTimestamp());
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.True(lease.IsHeld);
        Assert.Equal(TimeSpan.Zero, lease.BeatIn);

        lease.Renew(clock.GetTimestamp());
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(lease.IsHeld);
        Assert.Equal(TimeSpan.FromSeconds(0.3), lease.BeatIn);

        lease.End();
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public void Holder_IsGone_OnlyWhereThatIsCertain()
    {
        var name = HolderName.New();
        var parts = name.Split('.');
        Assert.False(HolderName.IsGone(name));
        Assert.False(HolderName.IsGone("another.name"));

        parts[3] += "1";
        Assert.True(HolderName.IsGone(string.Join('.', parts)), "the number was given to another process");
        parts[0] = "00000000";
        Assert.False(HolderName.IsGone(string.Join('.', parts)), "another machine's processes cannot be seen");
    }

    [Fact]
    public async Task Standby_EndsTheOwner_AfterThreeSecondsOfTheSameSign()
    {
        var table = new Table { Sign = new LeaseSign(4, 1, 10, "elsewhere") };
        var succession = new Succession(table, table, new Lease(clock), NullLogger<Succession>.Instance);
        using var stop = new CancellationTokenSource();
        var waiting = succession.Await(stop.Token);

        Pass(2.8);
        table.Sign = table.Sign with { Position = 11 };
        Pass(2.8);
        table.Sign = table.Sign with { Beat = 2 };
        Pass(2.8);
        Assert.False(table.IsEnded);
        Pass(0.6);
        Assert.True(table.IsEnded);

        var (_, answersFrom) = await waiting.Happens("the standby owns the journal");
        Assert.Equal(5, table.Sign.Epoch);
        Assert.True(answersFrom <= clock.GetTimestamp(), "the lease of the owner ran out before");
    }

    [Theory]
    [InlineData("elsewhere", 2)]
    [InlineData(null, 0)]
    public async Task FreeLock_IsTakenAtOnce_ButAnswersWaitForALeaseThatMayRun(string? holder, int seconds)
    {
        var table = new Table { Sign = new LeaseSign(4, 1, 10, holder), IsEnded = true };
        var succession = new Succession(table, table, new Lease(clock), NullLogger<Succession>.Instance);

        var (_, answersFrom) = await succession.Await(default).Happens("the standby owns the journal");

        Assert.Equal(
            TimeSpan.FromSeconds(seconds), clock.GetElapsedTime(clock.GetTimestamp(), answersFrom));
    }

    // In steps as long as the standby's own, so that it looks once in each.
    private void Pass(double seconds)
    {
        for (var passed = 0.0; passed < seconds - 0.01; passed += 0.2)
        {
            clock.Advance(TimeSpan.FromSeconds(0.2));
        }
    }

    private sealed class Table : ILeaseTable, IAppendingConnection
    {
        public LeaseSign Sign { get; set; } = new(0, 0, 0, null);

        public bool IsEnded { get; set; }

        public bool IsOpen => true;

        public Task<(LeaseSign Sign, bool IsLocked)> Read(CancellationToken cancel) =>
            Task.FromResult((Sign, !IsEnded));

        public Task EndOwner(LeaseSign seen, CancellationToken cancel)
        {
            Assert.Equal(Sign, seen);
            IsEnded = true;
            return Task.CompletedTask;
        }

        public Task EndConnections(string holder, CancellationToken cancel) => Task.CompletedTask;

        public ValueTask<Attempt> TryTake() => new(new Attempt(JournalHead.Empty, Sign));

        public ValueTask<long> BeginEpoch(string holder)
        {
            Sign = Sign with { Epoch = Sign.Epoch + 1, Holder = holder };
            return new(Sign.Epoch);
        }

        public ValueTask Beat(long epoch) => throw new InvalidOperationException();

        public ValueTask LetGo(long epoch) => throw new InvalidOperationException();

        public ValueTask Prepare() => throw new InvalidOperationException();

        public ValueTask Append(ReadOnlyMemory<byte> rows, IReadOnlyList<WrappedKey> keys) =>
            throw new InvalidOperationException();

        public void Abandon()
        {
        }

        public void Dispose()
        {
        }
    }
}
