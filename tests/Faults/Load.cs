using System.Collections.Concurrent;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Staff;

namespace SmartClub.Tests.Faults;

/// <summary>A part of the club under load; <paramref name="Places"/> is null where places are not counted.</summary>
internal sealed record LoadZone(string Id, int? Places);

/// <summary>A door under load.</summary>
internal sealed record LoadGate(GateClient Client, LoadZone Zone);

/// <summary>
/// People at doors, and desks that register members and change how they stand, all at once. What got no answer is
/// sent again under the same id until there is one. Everybody knows what must be true of them.
/// </summary>
internal sealed class Load(HttpClient http, StaffClient staff, string folder, Progress progress)
{
    private const int People = 24;
    private const int Desks = 3;
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan DeskPauseMax = TimeSpan.FromSeconds(3);

    // Few of the people find a place at once. The second zone's gates confirm, the third counts no places.
    private static readonly (int? Places, bool Confirms, int Gates)[] Zones =
        [(14, false, 3), (6, true, 2), (null, false, 2)];

    private static readonly RetryPolicy Patient = new()
    {
        AttemptsMax = 100_000,
        AttemptTimeout = TimeSpan.FromSeconds(5),
        DelayMax = TimeSpan.FromSeconds(0.3),
    };

    private string plan = "";

    public List<LoadGate> Gates { get; } = [];

    public ConcurrentBag<Person> Everybody { get; } = [];

    public StaffClient Staff => staff;

    public Progress Progress => progress;

    public async Task SetUp(CancellationToken stop)
    {
        var site = await Create<SiteRequest, Created>("sites", "site", new("Gombe", "Africa/Kinshasa", "USD"), stop);
        var zones = new List<string>();
        foreach (var (places, confirms, count) in Zones)
        {
            var name = $"Zone {zones.Count}";
            var zone = await Create<ZoneRequest, Created>(
                "zones", name, new(site.Id, name, "hard", 0, places), stop);
            zones.Add(zone.Id);
            for (var i = 0; i < count; i++)
            {
                var gate = $"{name}, gate {i}";
                var made = await Create<GateRequest, GateCreated>(
                    "gates", gate, new(gate, site.Id, zone.Id, "both", confirms), stop);
                var identity = new GateIdentity(made.Id, made.Key!, gate, zone.Id, "both", confirms);
                var client = GateClient.Open(http, identity, folder, Patient, TimeProvider.System);
                Gates.Add(new LoadGate(client, new LoadZone(zone.Id, places)));
            }
        }

        plan = (await Create<PlanRequest, Created>(
            "plans", "plan",
            new("Premium", 12, new(0, "USD"), [.. zones.Select(z => new Entitlement(z, null))], 100_000), stop)).Id;
        await Parallel.ForAsync(0, People, stop, async (i, _) => await Join($"person {i}", paid: true));
    }

    /// <summary>
    /// Everybody does this and that until told to stop; nobody leaves unanswered. Who does what depends on the seed
    /// and on the answers alone.
    /// </summary>
    public async Task Run(int seed, Task enough)
    {
        using var stop = new CancellationTokenSource();
        var doors = Gates.Select(g => g.Client.Run(stop.Token)).ToList();
        var walkers = Everybody.OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select((person, i) => Live(person, new Random(seed + i), enough));
        var desks = Enumerable.Range(0, Desks).Select(i => RegisterMany(i, new Random(seed - 1 - i), enough));
        var all = Task.WhenAll([.. walkers, .. desks]);
        // A door that was refused something ends, and then nobody would ever get through.
        await await Task.WhenAny([all, .. doors]);
        await all;
        await stop.CancelAsync();
        await Task.WhenAll(doors).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Gates.ForEach(g => g.Client.Dispose());
    }

    public Task<TAnswer> Create<TRequest, TAnswer>(string path, string id, TRequest request, CancellationToken stop) =>
        staff.Create<TRequest, TAnswer>("/api/" + path, id, request, stop);

    private static async Task Live(Person person, Random random, Task enough)
    {
        while (!enough.IsCompleted)
        {
            await person.Act(random);
            await Pause(PauseMax, random);
        }
    }

    private async Task RegisterMany(int desk, Random random, Task enough)
    {
        for (var n = 0; !enough.IsCompleted; n++)
        {
            var person = await Join($"desk {desk} guest {n}", paid: false);
            await person.Pay();
            await person.Look();
            await Pause(DeskPauseMax, random);
        }
    }

    private async Task<Person> Join(string name, bool paid)
    {
        var stop = CancellationToken.None;
        var made = await Create<MemberRequest, Created>("members", name, new("Ruth", name, null, null), stop);
        var from = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
        var membership = await Create<MembershipRequest, Created>(
            $"members/{made.Id}/memberships", $"membership of {name}", new(plan, from, paid), stop);
        var person = new Person(this, name, made.Id, membership.Id, paid);
        await person.NewBadge();
        Everybody.Add(person);
        return person;
    }

    // People take a moment between two things. How much is asked in a second must not depend on the machine alone.
    private static Task Pause(TimeSpan longest, Random random) =>
        Task.Delay(longest * random.NextDouble(), TimeProvider.System);
}
