using System.Text.Json.Nodes;
using SmartClub.Devices;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;

namespace SmartClub.Tests.Devices;

public sealed class SimulationTests : IDisposable
{
    private const string DeniedBadge = "denied";
    private static readonly DateTime Monday = new(2015, 3, 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;
    private readonly ScriptedSilo _silo = new((request, _) => Task.FromResult((200, Answer(request))));
    private readonly ScanJournal _journal;
    private readonly GateFleet _gates;
    private readonly ScanDesk _desk;
    private readonly Simulation _simulation;

    public SimulationTests()
    {
        var members = MemberPlan.Draw(3, 1, "abc123", ArrivalTable.Embedded())
            .Select(member => member with { Credentials = [new Credential("rfid", $"badge-{member.Index}")] }).ToList();
        members[2] = members[2] with { Credentials = [new Credential("rfid", DeniedBadge)] };
        var file = new ClubFile
        {
            Tag = "abc123",
            Seed = 1,
            MemberCount = 3,
            FoundedOn = new DateOnly(2026, 11, 24),
            Gates = Enum.GetValues<Reader>().ToDictionary(reader => reader, reader => new GateIdentity(
                reader.ToString(), "AAAA", reader.ToString(), "zon_1", "both", reader == Reader.MainEntrance)),
        };
        var club = new DemoClub(file, members);
        var output = new Output(TextWriter.Null, TextWriter.Null);
        var policy = new RetryPolicy { FirstDelay = TimeSpan.Zero, DelayMax = TimeSpan.Zero };
        _gates = GateFleet.Open(_silo.Client(), club, _folder, policy, output, TimeProvider.System);
        _journal = new ScanJournal(Path.Combine(_folder, "scans.jsonl"));
        _desk = new ScanDesk(club, _gates, _journal, "run", 0, TimeProvider.System);
        _simulation = new Simulation(_desk, _gates, output, TimeProvider.System);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _gates.Dispose();
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Person_HasPassed_BeforeTheSameBadgeIsShownAgain()
    {
        await Run(
            Show(1, 0, ShowingKind.Entry, Reader.MainEntrance), Show(2, 0, ShowingKind.Exit, Reader.CarParkExit));

        Assert.Equal(
            ["access in", "events access.passed", "access out"],
            _silo.Seen.Where(request => !request.Path.EndsWith("heartbeat", StringComparison.Ordinal)).Select(Spell));
        Assert.Equal(0, _desk.InsideCount);
    }

    [Fact]
    public async Task Person_WhoWasDenied_DoesNotLeave()
    {
        await Run(
            Show(1, 2, ShowingKind.Entry, Reader.SecondTurnstile),
            Show(2, 2, ShowingKind.InferredExit, Reader.SecondTurnstile));

        Assert.Equal(["access in"], Scans().Select(Spell));
        Assert.Equal((0, 1), (_simulation.Whole.Grants, _simulation.Whole.Denials));
        Assert.Contains("turned away 1", _simulation.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InferredExit_IsMarkedByItsScanId()
    {
        await Run(
            Show(1, 1, ShowingKind.Entry, Reader.SecondTurnstile),
            Show(2, 1, ShowingKind.InferredExit, Reader.SecondTurnstile));

        Assert.Equal(["scan-run-1", "inferred-run-2"], Scans().Select(ScanId));
        Assert.Contains("inferred exits 1", _simulation.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_LeftWithoutAnswer_IsAskedFirst_UnderItsOldScanId()
    {
        var old = new AskedScan(
            nameof(Reader.SecondTurnstile), "scan-earlier-9", new Credential("rfid", "badge-0"), Direction.In,
            DateTimeOffset.UnixEpoch, 0, Place.Cardio);
        _journal.Asked(old);

        await _simulation.Run(
            [old], [Show(1, 1, ShowingKind.Entry, Reader.SecondTurnstile)], Monday, 0, CancellationToken.None);

        Assert.Equal(["scan-earlier-9", "scan-run-1"], Scans().Select(ScanId));
        _journal.Dispose();
        Assert.All(ScanJournal.Read(Path.Combine(_folder, "scans.jsonl")), scan => Assert.NotNull(scan.Answered));
    }

    [Fact]
    public async Task Locked_OrOpen_NobodyComesIn_AndLeavingIsStillShown()
    {
        var order = new DoorOrder("1", "lock", DateTimeOffset.MaxValue, "staff:x", null);
        await Run(Show(1, 1, ShowingKind.Entry, Reader.MainEntrance));
        foreach (var (id, kind) in new[] { ("1", "lock"), ("2", "evacuate") })
        {
            _gates[Reader.MainEntrance].Orders.Take(order with { Id = id, Kind = kind }, DateTimeOffset.UnixEpoch);
            await Run(Show(2, 0, ShowingKind.Entry, Reader.MainEntrance));
        }

        await Run(Show(3, 1, ShowingKind.Exit, Reader.MainEntrance));
        Assert.Equal(["access in", "access out"], Scans().Select(Spell));
        Assert.Equal(0, _desk.InsideCount);
    }

    [Fact]
    public async Task Crowd_IsShownWhole()
    {
        var crowd = Enumerable.Range(1, 2_000)
            .Select(number => Show(number, -1, ShowingKind.Unknown, Reader.SecondTurnstile)).ToArray();

        await Run(crowd);

        Assert.Equal(2_000, Scans().Select(ScanId).Distinct().Count());
        Assert.Equal(2_000, _simulation.Whole.Latency.Total);
    }

    [Theory]
    [InlineData(30, 15, 0)]
    [InlineData(30, 1_560, 1_540)]
    [InlineData(1, 46_800, 0)]
    public void Night_IsShort_WhenTheClubHurries(double speed, double quietSeconds, double leftOutSeconds) =>
        Assert.Equal(leftOutSeconds, Simulation.LeftOut(TimeSpan.FromSeconds(quietSeconds), speed).TotalSeconds);

    private Task Run(params Showing[] showings) =>
        _simulation.Run([], showings, Monday, 0, CancellationToken.None);

    private IEnumerable<SeenRequest> Scans() =>
        _silo.Seen.Where(request => request.Path.EndsWith("access", StringComparison.Ordinal));

    private static Showing Show(long number, int visitor, ShowingKind kind, Reader reader) => new(
        number, Monday, visitor, kind,
        kind is ShowingKind.Exit or ShowingKind.InferredExit ? Direction.Out : Direction.In,
        reader == Reader.SecondTurnstile ? Place.Cardio : Place.Weights, reader);

    private static string ScanId(SeenRequest request) => JsonNode.Parse(request.Body)!["scanId"]!.GetValue<string>();

    private static string Spell(SeenRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        return body["direction"] is { } direction
            ? "access " + direction
            : "events " + body["events"]![0]!["type"];
    }

    private static string Answer(SeenRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        if (body["events"] is { } events)
        {
            return $$"""{"acked":{{events[events.AsArray().Count - 1]!["n"]}}}""";
        }

        return body["credential"]?["value"]?.GetValue<string>() switch
        {
            null => """{"commands":[]}""",
            DeniedBadge => """{"decision":"deny","reason":"expired","position":3}""",
            _ => """{"decision":"grant","reason":"ok","ticketId":"tkt_1","position":3,"openMs":3000}""",
        };
    }
}
