using System.Diagnostics;
using System.Globalization;
using SmartClub.Agent;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Store;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>
/// The real program, killed while people come in: by <c>kill -9</c>, at no particular moment. The long run
/// (<c>SMARTCLUB_AGENT_KILLS=100</c>) is the same by more of it.
/// </summary>
public sealed class AgentKillTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-kill-").FullName;
    private readonly FakeSilo silo = new();
    private readonly Random random = new();
    private int cards;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        silo.Dispose();
    }

    [Fact]
    public async Task EveryPassage_IsToldOnce_AfterKillMinusNine()
    {
        var kills = Environment.GetEnvironmentVariable("SMARTCLUB_AGENT_KILLS") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : 3;
        using (var store = AgentStore.Open(folder))
        {
            // Nobody answers at this address: every scan is the door's own.
            silo.Enrol(store);
            Move(store, "silo.test", "127.0.0.1:9");
        }

        var opened = new List<string>();
        for (var i = 0; i < kills; i++)
        {
            opened.AddRange(await RunAndKill());
        }

        using (var store = AgentStore.Open(folder))
        {
            Assert.True(store.IsSound());
            Move(store, "127.0.0.1:9", "silo.test");
            using var host = new AgentHost(
                store, silo, new CountingRelay(), OfflineMode.Deny, _ => { }, TimeProvider.System);
            Assert.True(await host.Touch(default));
        }

        Assert.True(opened.Count > kills, $"only {opened.Count} doors opened");
        Assert.Equal(silo.Taken.Count, silo.Taken.Select(t => t.ScanId).Distinct().Count());
        Assert.Equal(silo.Taken.Count, silo.Taken.Select(t => t.Value).Distinct().Count());
        Assert.All(opened, card => Assert.Contains(card, silo.Taken.Select(t => t.Value)));
    }

    private static void Move(AgentStore store, string from, string to) =>
        store.Keep("identity", store.Fact("identity")!.Replace(from, to, StringComparison.Ordinal));

    // Going out is granted to everybody, so each card moves the lock once; which ones did, the output says in order.
    private async Task<IEnumerable<string>> RunAndKill()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "smartclub-agent.dll"), "run", "--state", folder, "--format",
                "auto", "--direction", "out",
            },
        };
        using var agent = Process.Start(start)!;
        var shown = new List<string>();
        var opened = 0;
        var enough = random.Next(1, 40);
        try
        {
            var first = await agent.StandardOutput.ReadLineAsync().Happens("the agent starts");
            Assert.StartsWith("door ", first, StringComparison.Ordinal);
            for (var i = 0; i < enough + 20; i++)
            {
                shown.Add(string.Create(CultureInfo.InvariantCulture, $"CARD{++cards:X6}"));
                await agent.StandardInput.WriteLineAsync("rfid:" + shown[^1]);
            }

            await agent.StandardInput.FlushAsync();
            while (opened < enough)
            {
                var line = await agent.StandardOutput.ReadLineAsync().Happens("the door opens");
                opened += line!.StartsWith("relay open", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        finally
        {
            agent.Kill();
        }

        // What the pipe still holds was said before the kill.
        var rest = await agent.StandardOutput.ReadToEndAsync().Happens("the pipe is read to its end");
        opened += rest.Split('\n').Count(line => line.StartsWith("relay open", StringComparison.Ordinal));
        await agent.Ends();
        return shown.Take(opened);
    }
}
