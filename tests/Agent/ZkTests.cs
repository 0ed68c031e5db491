using System.Net;
using Microsoft.Extensions.Time.Testing;
using SmartClub.Agent.Readers;
using SmartClub.Agent.Readers.Zk;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Turnstiles;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>A turnstile of ZKTeco's kind before the agent: cards in, orders out.</summary>
public sealed class ZkTests
{
    [Fact]
    public async Task Turnstile_TellsCards_AndOpensWhenTold()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        var clock = new FakeTimeProvider();
        var turnstile = new ZkTurnstile(address, "CJ9H214760001", clock);
        var seen = new List<Reading>();
        using var stop = new CancellationTokenSource();
        var running = turnstile.Run(
            async (reading, cancel) =>
            {
                seen.Add(reading);
                await turnstile.Open(TimeSpan.FromSeconds(5), cancel);
            },
            stop.Token);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var device = new ZkSimulator(http, "CJ9H214760001");

        Assert.StartsWith(
            "GET OPTION FROM: CJ9H214760001", await device.Register(default).Happens("it reports for work"),
            StringComparison.Ordinal);
        await device.Show("003ff12", false, 2, default);
        await device.Show("3FF12", true, 1, default);
        await device.Poll(default);

        Assert.Equal(
            [
                new Reading(new Credential("rfid", "3FF12"), Direction.In),
                new Reading(new Credential("rfid", "3FF12"), Direction.Out),
            ],
            seen);
        Assert.Equal(2, device.Openings);
        Assert.Equal(2, turnstile.Done);
        Assert.Equal("C:2:CONTROL DEVICE 01010105", device.LastOrder);

        // Nobody stands there any more when it comes back.
        await device.Show("3FF12", false, 1, default);
        clock.Advance(TimeSpan.FromSeconds(6));
        await device.Poll(default);
        Assert.Equal(2, device.Openings);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Turnstile_WithAnotherSerialNumber_IsShutOut()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        using var stop = new CancellationTokenSource();
        var running = new ZkTurnstile(address, "CJ9H214760001", TimeProvider.System)
            .Run((_, _) => Task.CompletedTask, stop.Token);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await http.GetAsync("/iclock/getrequest?SN=OTHER").Happens("an answer");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cardno=0\tindex=1")]
    [InlineData("cardno=XYZ\tindex=1")]
    [InlineData("cardno=3FF12\tindex=-1")]
    [InlineData("cardno=3FF12")]
    [InlineData("\t=\t==\t")]
    public void Report_WithoutACard_SaysNothing(string report) => Assert.Empty(ZkPush.Cards(report));
}
