using System.Collections.Concurrent;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Staff;

namespace SmartClub.Tests.Faults;

/// <summary>What a client was told about one command, which it may rely on from then on.</summary>
internal sealed record Told<TCommand, TAnswer>(string Id, TCommand Command, TAnswer Answer);

internal sealed record MemberMade(string Id, string Code);

/// <summary>
/// People at doors and a desk that registers members, all at once. What got no answer is sent again under the same
/// id until there is one; the log of answers is the oracle.
/// </summary>
internal sealed class Load(HttpClient http, StaffClient staff, string folder, Progress progress)
{
    private const int Gates = 4;
    private const int People = 24;
    private static readonly RetryPolicy Patient = new() { AttemptsMax = 1_000, DelayMax = TimeSpan.FromSeconds(0.3) };
    private readonly List<GateClient> gates = [];
    private readonly List<(string Member, Credential Badge)> people = [];

    public ConcurrentQueue<Told<MemberRequest, MemberMade>> Members { get; } = new();

    public ConcurrentQueue<Told<(int Gate, AccessRequest Scan), AccessAnswer>> Scans { get; } = new();

    /// <summary>Scans of each member that let them in, and that let them out, as their door was told.</summary>
    public IEnumerable<(string Member, int Ins, int Outs)> Passages => people.Select(person =>
    {
        var granted = Scans.Where(s =>
            s.Command.Scan.Credential == person.Badge && s.Answer.Decision == GateDecision.Grant);
        var ins = granted.Count(s => s.Command.Scan.Direction == Direction.In);
        return (person.Member, ins, granted.Count() - ins);
    });

    public async Task SetUp(CancellationToken stop)
    {
        var site = await Create<SiteRequest, Created>("sites", "site", new("Gombe", "Africa/Kinshasa", "USD"), stop);
        var zone = await Create<ZoneRequest, Created>(
            "zones", "zone", new(site.Id, "Musculation", "hard", 0, 20), stop);
        var plan = await Create<PlanRequest, Created>(
            "plans", "plan", new("Premium", 12, new(0, "USD"), [new(zone.Id, null)], 100_000), stop);
        for (var i = 0; i < Gates; i++)
        {
            var gate = await Create<GateRequest, GateCreated>(
                "gates", $"gate {i}", new($"Gate {i}", site.Id, zone.Id, "both", false), stop);
            var identity = new GateIdentity(gate.Id, gate.Key!, $"Gate {i}", zone.Id, "both", false);
            gates.Add(GateClient.Open(http, identity, folder, Patient, TimeProvider.System));
        }

        await Parallel.ForAsync(0, People, stop, async (i, cancel) =>
        {
            var badge = new Credential("rfid", $"badge {i}");
            var member = await Register($"person {i}", cancel);
            var from = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
            await Create<MembershipRequest, Created>(
                $"members/{member.Id}/memberships", $"membership {i}", new(plan.Id, from, true), cancel);
            await Create<CredentialRequest, Created>(
                $"members/{member.Id}/credentials", $"badge {i}", new(badge.Kind, badge.Value), cancel);
            lock (people)
            {
                people.Add((member.Id, badge));
            }
        });
    }

    /// <summary>Everybody goes in and out, some try twice, until told to stop; nobody leaves unanswered.</summary>
    public Task Run(int seed, Task enough) => Task.WhenAll(
        people.Select((person, i) => WalkAbout(person.Badge, i, new Random(seed + i), enough))
            .Concat(Enumerable.Range(0, 3).Select(i => RegisterMany(i, enough))));

    /// <summary>Sends everything once more, under the same ids, and says whose answer was another one.</summary>
    public async Task<List<string>> Repeat(CancellationToken stop)
    {
        var other = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Scans, stop, async (told, cancel) =>
        {
            var again = await gates[told.Command.Gate].Show(told.Command.Scan, cancel);
            if (again != told.Answer)
            {
                other.Add($"{told.Id}: {told.Answer}, then {again}");
            }
        });
        await Parallel.ForEachAsync(Members, stop, async (told, cancel) =>
        {
            var again = await Create<MemberRequest, MemberMade>("members", told.Id, told.Command, cancel);
            if (again != told.Answer)
            {
                other.Add($"{told.Id}: {told.Answer}, then {again}");
            }
        });
        return [.. other];
    }

    private async Task WalkAbout(Credential badge, int person, Random random, Task enough)
    {
        var isInside = false;
        for (var n = 0; !enough.IsCompleted; n++)
        {
            var direction = isInside && random.Next(4) > 0 ? Direction.Out : Direction.In;
            var gate = random.Next(Gates);
            var scan = new AccessRequest($"scan {person} {n}", badge, direction, gates[gate].Now);
            var answer = await gates[gate].Show(scan, CancellationToken.None);
            Scans.Enqueue(new(scan.ScanId, (gate, scan), answer));
            progress.One();

            // A door that says no to somebody outside says so for want of a place: they were not let in.
            Assert.True(isInside ? answer.Decision == GateDecision.Deny == (direction == Direction.In)
                : answer.Decision == GateDecision.Grant || answer.Reason == "capacity_full", $"{scan}: {answer}");
            isInside = direction == Direction.In && (isInside || answer.Decision == GateDecision.Grant);
        }
    }

    private async Task RegisterMany(int desk, Task enough)
    {
        for (var n = 0; !enough.IsCompleted; n++)
        {
            await Register($"desk {desk} {n}", CancellationToken.None);
            progress.One();
        }
    }

    private async Task<MemberMade> Register(string id, CancellationToken stop)
    {
        var request = new MemberRequest("Ruth", id, null, null);
        var made = await Create<MemberRequest, MemberMade>("members", id, request, stop);
        Members.Enqueue(new(id, request, made));
        return made;
    }

    private Task<TAnswer> Create<TRequest, TAnswer>(string path, string id, TRequest request, CancellationToken stop) =>
        staff.Create<TRequest, TAnswer>("/api/" + path, id, request, stop);
}
