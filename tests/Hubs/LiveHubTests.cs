using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using SmartClub.Silo;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Hubs;

/// <summary>The live board as a browser follows it.</summary>
public sealed class LiveHubTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Deltas_TellEveryDecisionOnce_InOrder_AlsoAfterAReconnect()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        var began = (await Board()).GetProperty("asOf").GetInt64();
        var screen = new Screen(began);
        var expected = new List<long>();

        // Half of it while watching, a part while away, the rest while watching again.
        await using (var connection = await Connect(club.Admin))
        {
            var last = await Scans(place, guest, expected, 10);
            await Follow(connection, screen, last);
        }

        await Scans(place, guest, expected, 10);
        await using (var connection = await Connect(club.Admin))
        {
            var last = await Scans(place, guest, expected, 10);
            await Follow(connection, screen, last);
        }

        Assert.Equal(expected, screen.Decisions);
        var board = (await Board(screen.Position)).GetProperty("decisions").EnumerateArray()
            .Select(d => d.GetProperty("position")).Where(p => p.ValueKind == JsonValueKind.Number)
            .Select(p => p.GetInt64()).Where(p => p > began && p <= screen.Position).Order();
        Assert.Equal(screen.Decisions, board);
    }

    [Fact]
    public async Task Delta_SaysReset_ToWhoIsTooFarBehindOrAhead()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        var began = (await Board()).GetProperty("asOf").GetInt64();
        var last = await Scans(place, guest, [], Limits.LiveDecisions + 5);
        await Board(last);

        await using var connection = await Connect(club.Admin);
        Assert.True((await First(connection, began)).GetProperty("reset").GetBoolean());
        Assert.True((await First(connection, last + 1_000_000)).GetProperty("reset").GetBoolean());
        Assert.True((await First(connection, -1)).GetProperty("reset").GetBoolean());
        Assert.False((await First(connection, last)).GetProperty("reset").GetBoolean());
    }

    [Fact]
    public async Task Stream_StaysCalm_AndCountsWhatItSkips()
    {
        var place = await club.Place();
        await using var connection = await Connect(club.Admin);
        var board = await Board();
        var after = board.GetProperty("asOf").GetInt64();
        var before = board.GetProperty("today").GetProperty("refusals").GetInt32();
        const int Burst = Limits.LiveDecisions - 10;

        var deltas = new List<(TimeSpan At, JsonElement Delta)>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var enough = new CancellationTokenSource();
        var told = Collect();
        async Task Collect()
        {
            await foreach (var delta in connection.StreamAsync<JsonElement>("Watch", after, enough.Token))
            {
                deltas.Add((clock.Elapsed, delta));
                if (delta.GetProperty("today").GetProperty("refusals").GetInt32() >= before + Burst)
                {
                    return;
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Burst).Select(_ => place.Gate.Scan("nobody's")));
        await told.Happens("the burst is told");

        // The first delta comes at once; from then on at most four a second.
        Assert.True(deltas.Count <= 2 + (deltas[^1].At / Limits.LiveTick), $"{deltas.Count} in {deltas[^1].At}");
        Assert.All(deltas, d => Assert.True(
            d.Delta.GetProperty("decisions").GetArrayLength() <= Limits.LiveDeltaDecisions));
        Assert.Equal(Burst, deltas.Sum(d =>
            d.Delta.GetProperty("decisions").GetArrayLength() + d.Delta.GetProperty("skipped").GetInt64()));
    }

    [Fact]
    public async Task Gate_IsShownAgain_WhenItGivesASignOfLife()
    {
        var place = await club.Place();
        var after = (await Board()).GetProperty("asOf").GetInt64();
        await using var connection = await Connect(club.Admin);
        await using var deltas = connection.StreamAsync<JsonElement>("Watch", after).GetAsyncEnumerator();
        Assert.True(await deltas.MoveNextAsync().AsTask().Happens("the first delta"));

        (await place.Gate.Beat("held", 4)).Ok();

        JsonElement shown;
        do
        {
            Assert.True(await deltas.MoveNextAsync().AsTask().Happens("a delta with the gate"));
            shown = deltas.Current.GetProperty("gates").EnumerateArray()
                .FirstOrDefault(g => g.GetProperty("id").GetString() == place.Gate.Id);
        }
        while (shown.ValueKind == JsonValueKind.Undefined || shown.GetProperty("status").GetString() != "ok");

        Assert.Equal(4, shown.GetProperty("queueLength").GetInt32());
    }

    [Fact]
    public async Task Hub_IsClosed_ToWhoIsNotSignedIn()
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Connect(club.Stranger));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Stream_Ends_WhenTheSessionIsRevoked()
    {
        var watcher = await club.SignIn(club.FirstLogin);
        await using var connection = await Connect(watcher);
        var ended = Drain(connection.StreamAsync<JsonElement>("Watch", 0L), out var first);
        await first.Happens("the first delta");

        (await watcher.Post("/api/auth/logout")).Ok();

        await ended.Happens("the stream ends");
        var again = await Assert.ThrowsAsync<HttpRequestException>(() => Connect(watcher));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, again.StatusCode);
    }

    private static Task Drain(IAsyncEnumerable<JsonElement> deltas, out Task first)
    {
        var came = new TaskCompletionSource();
        first = came.Task;
        return Run();
        async Task Run()
        {
            await foreach (var _ in deltas)
            {
                came.TrySetResult();
            }
        }
    }

    private static async Task<JsonElement> First(HubConnection connection, long after)
    {
        using var enough = new CancellationTokenSource();
        await foreach (var delta in connection.StreamAsync<JsonElement>("Watch", after, enough.Token))
        {
            return delta;
        }

        throw new InvalidOperationException("The stream told nothing.");
    }

    private static async Task Follow(HubConnection connection, Screen screen, long until)
    {
        await Run().Happens($"the board reaches {until}");
        async Task Run()
        {
            await foreach (var delta in connection.StreamAsync<JsonElement>("Watch", screen.Position))
            {
                screen.Take(delta);
                if (screen.Position >= until)
                {
                    return;
                }
            }
        }
    }

    private static async Task<long> Scans(Place place, Guest guest, List<long> positions, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var answer = (await place.Gate.Scan(guest.Badge, i % 2 == 0 ? "in" : "out")).Decides("grant", "ok");
            positions.Add(answer.DecidedAt()!.Value);
        }

        return positions[^1];
    }

    private async Task<JsonElement> Board(long after = 0) =>
        (await club.Admin.Get($"/api/live?after={after}")).Ok().Body;

    private async Task<HubConnection> Connect(Api who)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(club.Silo.Address, "/hubs/live"), options => Authorize(options, who))
            .Build();
        await connection.StartAsync().Happens("the hub answers");
        return connection;
    }

    private static void Authorize(HttpConnectionOptions options, Api who)
    {
        if (who.Token is { } token)
        {
            options.Headers["Authorization"] = $"Bearer {token}";
        }
    }

    // The rule of the contract, as a client keeps it.
    private sealed class Screen(long position)
    {
        private readonly HashSet<string> known = [];

        public long Position { get; private set; } = position;

        public List<long> Decisions { get; } = [];

        public void Take(JsonElement delta)
        {
            var (from, to) = (delta.GetProperty("from").GetInt64(), delta.GetProperty("to").GetInt64());
            Assert.False(delta.GetProperty("reset").GetBoolean());
            Assert.Equal(0, delta.GetProperty("skipped").GetInt64());
            Assert.True(from <= Position && to >= Position, $"{from}-{to} at {Position}");
            foreach (var decision in delta.GetProperty("decisions").EnumerateArray().Reverse())
            {
                Assert.True(known.Add(decision.GetProperty("id").GetString()!), "A decision came twice.");
                Decisions.Add(decision.GetProperty("position").GetInt64());
            }

            Position = to;
        }
    }
}
