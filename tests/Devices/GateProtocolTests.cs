using System.Text;
using Microsoft.Extensions.Time.Testing;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Devices;

public sealed class GateProtocolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Signature_IsTheOneOfTheProtocolVector()
    {
        var body = """{"deviceId":"gate-01","seq":42,"type":"access.check"}"""u8;

        var signature = GateSignature.Sign("gate_key_test"u8, "POST", "/api/gates/v1/events", 1767225600, 42, body);

        Assert.Equal("v1=c0b10199c7d58bb23b03576d03dfc3d00a5bf6ad27e6bb4215602f50ab894dc5", signature);
    }

    [Fact]
    public void Sequence_RisesAcrossRestarts_AlsoWhenTheClockWasSetBack()
    {
        var path = Path.Combine(_folder, "gate.seq");
        var first = GateSequence.Open(path, _clock);
        var last = Enumerable.Range(0, 100_000).Select(_ => first.Take()).Last();

        var earlierClock = new FakeTimeProvider(_clock.GetUtcNow().AddYears(-1));
        var afterRestart = GateSequence.Open(path, earlierClock).Take();

        Assert.True(afterRestart > last, $"{afterRestart} after {last}");
    }

    [Fact]
    public void Sequence_RisesByOne_SoThatRequestsMayOvertakeEachOther()
    {
        var sequence = GateSequence.Open(Path.Combine(_folder, "gate.seq"), _clock);

        Assert.Equal(sequence.Take() + 1, sequence.Take());
    }

    [Fact]
    public void Sequence_GoesOnAboveTheClock_WhenSomebodyElseUsedHigherNumbers()
    {
        var sequence = GateSequence.Open(Path.Combine(_folder, "gate.seq"), _clock);
        sequence.Take();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var elsewhere = GateSequence.Open(Path.Combine(_folder, "other.seq"), _clock).Take();

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        sequence.JumpAhead();

        Assert.True(sequence.Take() > elsewhere);
    }

    [Fact]
    public void Sequence_IsRefused_WhenItsFileHoldsSomethingElse()
    {
        var path = Path.Combine(_folder, "gate.seq");
        File.WriteAllText(path, "not a number");

        Assert.Throws<SmartClub.Devices.DeviceException>(() => GateSequence.Open(path, _clock));
    }

    [Fact]
    public async Task Events_KeepTheirNumbersAndWait_AcrossARestart()
    {
        var path = Path.Combine(_folder, "gate.events");
        using (var queue = GateEventQueue.Open(path))
        {
            _ = queue.Add(Passed("one"));
            _ = queue.Add(Passed("two"));
            _ = queue.Add(Passed("three"));
            queue.Acknowledge(1);
        }

        using (var queue = GateEventQueue.Open(path))
        {
            _ = queue.Add(Passed("four"));
            var batch = await queue.NextBatch(CancellationToken.None);

            // The acknowledgement of 1 may be forgotten: the silo knows it by its number.
            Assert.Equal([1, 2, 3, 4], batch.Select(happened => happened.N));
            Assert.Equal(["one", "two", "three", "four"], batch.Select(happened => happened.ScanId));
        }
    }

    [Fact]
    public void Events_CountOn_WhenAllWereAcknowledgedAndTheFileWrittenAnew()
    {
        var path = Path.Combine(_folder, "gate.events");
        using (var queue = GateEventQueue.Open(path))
        {
            for (var count = 0; count < 200; count++)
            {
                _ = queue.Add(Passed("scan"));
            }

            queue.Acknowledge(200);
        }

        Assert.Single(File.ReadAllLines(path));
        using var reopened = GateEventQueue.Open(path);
        Assert.Equal(0, reopened.Length);
        var added = reopened.Add(Passed("next"));
        Assert.False(reopened.Acknowledge(200));
        Assert.False(added.IsCompleted);
        Assert.True(reopened.Acknowledge(201));
    }

    [Fact]
    public async Task Events_AreBatchedByFiveHundred_AndCompleteWhenAcknowledged()
    {
        using var queue = GateEventQueue.Open(Path.Combine(_folder, "gate.events"));
        var added = Enumerable.Range(0, 501).Select(_ => queue.Add(Passed("scan"))).ToList();

        var batch = await queue.NextBatch(CancellationToken.None);
        queue.Acknowledge(batch[^1].N);

        Assert.Equal(500, batch.Count);
        await Task.WhenAll(added[..500]);
        Assert.False(added[500].IsCompleted);
    }

    [Fact]
    public async Task Events_IgnoreALineCutByACrash()
    {
        var path = Path.Combine(_folder, "gate.events");
        using (var queue = GateEventQueue.Open(path))
        {
            _ = queue.Add(Passed("whole"));
        }

        await File.AppendAllTextAsync(path, """{"n":2,"type":"acc""");
        using var reopened = GateEventQueue.Open(path);
        _ = reopened.Add(Passed("after"));

        var batch = await reopened.NextBatch(CancellationToken.None);
        Assert.Equal([(1, "whole"), (2, "after")], batch.Select(happened => ((int)happened.N, happened.ScanId!)));
    }

    [Fact]
    public void Retries_WaitLongerEachTime_UpToTheMaximum()
    {
        var policy = new RetryPolicy
        {
            FirstDelay = TimeSpan.FromMilliseconds(100),
            DelayMax = TimeSpan.FromSeconds(2),
        };

        Assert.Equal(50, policy.DelayAfter(1, 0).TotalMilliseconds);
        Assert.Equal(100, policy.DelayAfter(1, 1).TotalMilliseconds);
        Assert.Equal(800, policy.DelayAfter(4, 1).TotalMilliseconds);
        Assert.Equal(2_000, policy.DelayAfter(5_000, 1).TotalMilliseconds);
    }

    [Fact]
    public void Messages_AreSpelledAsTheProtocolSaysThem()
    {
        var request = new AccessRequest("scan-1", new Credential("rfid", "04AB"), Direction.Out, _clock.GetUtcNow());

        Assert.Equal(
            """{"scanId":"scan-1","credential":{"kind":"rfid","value":"04AB"},"direction":"out","""
            + "\"at\":\"2026-11-24T17:05:00.000Z\"}",
            Encoding.UTF8.GetString(SmartClub.Devices.Wire.Bytes(request)));
    }

    private GateEvent Passed(string scanId) =>
        new() { Type = GateEvent.Passed, At = _clock.GetUtcNow(), ScanId = scanId };
}
