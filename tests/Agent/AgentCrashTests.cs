using System.Globalization;
using SmartClub.Agent;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Agent;

/// <summary>
/// A door whose power fails at any point: after each cut another program finds the disk as it was at that moment. The
/// long run (<c>SMARTCLUB_AGENT_CUTS=500</c>) is the same by more of it.
/// </summary>
public sealed class AgentCrashTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-cut-").FullName;
    private readonly Dictionary<string, int> opened = [];
    private readonly FakeSilo silo = new();
    private readonly Random random;
    private readonly int seed;
    private string current = "";
    private int untilCut;
    private int boots;

    public AgentCrashTests()
    {
        seed = Number("SMARTCLUB_TEST_SEED", Random.Shared.Next());
        random = new Random(seed);
        silo.Point = Cut;
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        silo.Dispose();
    }

    [Fact]
    public async Task EveryPassage_IsToldOnce_WhereverThePowerFails()
    {
        var cuts = Number("SMARTCLUB_AGENT_CUTS", 60);
        var disk = Disk(0);
        using (var store = AgentStore.Open(disk))
        {
            silo.Enrol(store);
        }

        for (var i = 0; i < cuts; i++)
        {
            untilCut = random.Next(1, 12);
            disk = await LiveUntilCut(disk);
        }

        untilCut = int.MaxValue;
        silo.IsAway = false;
        using (var store = AgentStore.Open(disk))
        using (var host = Boot(store))
        {
            Assert.True(await host.Touch(default), Said("the silo is reached"));
            Assert.Equal(0, store.QueueLength);
            Assert.True(store.IsSound());
        }

        Assert.True(opened.Count > cuts / 2, Said($"only {opened.Count} doors opened"));
        Assert.Equal(silo.Taken.Count, silo.Taken.Select(t => t.ScanId).Distinct().Count());
        Assert.All(opened, door =>
        {
            Assert.True(door.Value == 1, Said($"{door.Key} opened {door.Value} times"));
            var told = silo.Taken.Count(t => t.Value == door.Key);
            var decided = silo.Decided.Contains(door.Key);
            Assert.True(told == 1 || (told == 0 && decided), Said($"{door.Key} was told {told} times"));
        });
    }

    // Runs a door, and when its power fails copies the disk as it is: what was open then stays open on the old one.
    private async Task<string> LiveUntilCut(string disk)
    {
        var next = Disk(++boots);
        using var store = AgentStore.Open(disk);
        try
        {
            using var host = Boot(store);
            while (true)
            {
                await Step(host);
            }
        }
        catch (PowerCutException)
        {
            foreach (var file in Directory.GetFiles(disk))
            {
                File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
            }
        }

        return next;
    }

    private async Task Step(AgentHost host)
    {
        silo.IsAway = random.Next(3) > 0;
        switch (random.Next(6))
        {
            case 0:
                await host.Touch(default);
                break;
            case 1:
                silo.List($"CARD{silo.Taken.Count}x{opened.Count}");
                await host.Lists.Sync(default);
                break;
            default:
                current = string.Create(CultureInfo.InvariantCulture, $"CARD-{boots}-{random.Next():X}");
                silo.List(current);
                var away = silo.IsAway;
                silo.IsAway = false;
                await host.Lists.Sync(default);
                silo.IsAway = away;
                await host.Door.Scan(new Credential("rfid", current), Direction.In, default);
                break;
        }

        Cut();
    }

    private AgentHost Boot(AgentStore store) => new(
        store, silo, new CuttingRelay(this), OfflineMode.Deny, _ => { }, TimeProvider.System);

    private void Cut()
    {
        if (--untilCut <= 0)
        {
            throw new PowerCutException();
        }
    }

    private string Disk(int number)
    {
        var path = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(path);
        return path;
    }

    private string Said(string what) => $"Seed {seed}: {what}.";

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : otherwise;

    // The power may fail just before and just after the lock has moved.
    private sealed class CuttingRelay(AgentCrashTests test) : IRelay
    {
        public Task Open(TimeSpan length, CancellationToken stop)
        {
            test.Cut();
            test.opened[test.current] = test.opened.GetValueOrDefault(test.current) + 1;
            test.Cut();
            return Task.CompletedTask;
        }

        public Task Hold() => Task.CompletedTask;

        public Task Close() => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
