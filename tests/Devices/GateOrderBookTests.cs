using Microsoft.Extensions.Time.Testing;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Devices;

public sealed class GateOrderBookTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;
    private GateOrderBook _book;

    public GateOrderBookTests() => _book = GateOrderBook.Open(File);

    private string File => Path.Combine(_folder, "gate.orders");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("lock", DoorStand.Locked, "locked")]
    [InlineData("evacuate", DoorStand.Open, "open")]
    [InlineData("unlock", DoorStand.Normal, "closed")]
    [InlineData("sync_list", DoorStand.Normal, "closed")]
    public void Order_SaysHowTheDoorStands_AndIsAnswered(string kind, DoorStand stand, string state)
    {
        Take("1", kind);
        Assert.Equal((stand, state, 0), (_book.Stand, _book.DoorState, _book.Openings));
        Assert.Equal([new OrderResult("1", true, null)], _book.Unheard);
    }

    [Fact]
    public void Opening_HappensOnce_HoweverOftenItComes_AlsoAfterARestart()
    {
        Take("1", "open_once");
        Take("1", "open_once");
        _book = GateOrderBook.Open(File);
        Take("1", "open_once");
        Assert.Equal((1, 1), (_book.Openings, _book.Unheard.Count));
    }

    [Fact]
    public void Door_StandsAsItWasTold_AndStillAnswers_AfterARestart()
    {
        Take("1", "evacuate");
        _book = GateOrderBook.Open(File);
        Assert.Equal(DoorStand.Open, _book.Stand);
        var heard = _book.Unheard;
        Take("2", "unlock");
        _book.Heard(heard);
        Assert.Equal(["2"], _book.Unheard.Select(r => r.Id));
        Take("1", "evacuate");
        Assert.Equal(DoorStand.Normal, _book.Stand);
    }

    [Fact]
    public void Order_IsRefused_WhenItCameTooLate_OrIsNotKnown()
    {
        _book.Take(new DoorOrder("1", "lock", Now, "staff:x", null), Now);
        Take("2", "explode");
        Assert.Equal(DoorStand.Normal, _book.Stand);
        Assert.Equal(
            [new OrderResult("1", false, "expired"), new OrderResult("2", false, "unknown_kind")], _book.Unheard);
    }

    [Fact]
    public void Book_IsRefused_WhenItsFileHoldsSomethingElse()
    {
        System.IO.File.WriteAllText(File, "open");
        Assert.Throws<DeviceException>(() => GateOrderBook.Open(File));
    }

    [Fact]
    public async Task Gate_CarriesOutWhatComesWithItsSignOfLife_AndTellsItAtOnce()
    {
        var told = new TaskCompletionSource<string>();
        using var silo = new ScriptedSilo((request, _) =>
        {
            var isTold = request.Body.Contains("answers", StringComparison.Ordinal);
            if (isTold)
            {
                told.TrySetResult(request.Body);
            }

            return Task.FromResult((200, isTold ? """{"commands":[]}""" : """
                {"commands":[{"id":"ord_1","kind":"evacuate","expiresAt":"2026-11-24T18:05:00Z","operator":"staff:x"}]}
                """));
        });
        using var gate = GateClient.Open(
            silo.Client(), new GateIdentity("gate-01", "AAAA", "Entrée", "zon_1", "both", true), _folder,
            new RetryPolicy(), new FakeTimeProvider(Now));
        using var stop = new CancellationTokenSource();
        var running = gate.Run(stop.Token);
        var body = await told.Task.Happens("the door tells what came of it");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(DoorStand.Open, gate.Orders.Stand);
        Assert.Contains("\"answers\":[{\"id\":\"ord_1\",\"done\":true}]", body, StringComparison.Ordinal);
        Assert.Contains("\"doorState\":\"open\"", body, StringComparison.Ordinal);
    }

    private void Take(string id, string kind) =>
        _book.Take(new DoorOrder(id, kind, Now.AddMinutes(1), "staff:x", "fumée"), Now);
}
