using SmartClub.Devices;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Running;
using SmartClub.Devices.Verbs;

namespace SmartClub.Tests.Devices;

/// <summary>The check works beside a simulator that holds its folder and goes on writing.</summary>
public sealed class CheckVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;
    private readonly StringWriter _lines = new();
    private readonly StringWriter _faults = new();

    public CheckVerbTests() => File.WriteAllText(
        Path.Combine(_folder, "login.json"),
        """{"email":"admin@club.example","password":"secret","totpSecret":"ABCDEFGH"}""");

    public void Dispose()
    {
        _lines.Dispose();
        _faults.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Check_AsksAgain_WhileTheSimulatorGoesOn()
    {
        using var demo = FoundClub();
        using var journal = new ScanJournal(demo.ScansPath);
        var first = Scan("scan-1");
        journal.Asked(first);
        journal.Answered(first, new AccessAnswer(GateDecision.Grant, "ok", "tkt_5", 5, 3000));
        journal.Asked(Scan("scan-2"));

        Assert.Equal(0, await Check("tkt_5", asOf: 5));

        Assert.StartsWith("ok: 1 acknowledged scans were answered the same again.", _lines.ToString(), Ordinal);
        Assert.Contains("1 were never answered", _lines.ToString(), Ordinal);
        // The simulator's own counters are its own.
        Assert.Empty(Directory.EnumerateFiles(demo.GatesFolder));
        journal.Answered(Scan("scan-2"), new AccessAnswer(GateDecision.Grant, "ok", "tkt_6", 6, 3000));
    }

    [Theory]
    [InlineData("tkt_6", 5, "scan-1 at gate gat_1")]
    [InlineData("tkt_5", 4, "Position 5 was acknowledged")]
    public async Task Check_Fails_WhereTheSiloForgot(string ticketNow, long asOf, string fault)
    {
        using var demo = FoundClub();
        using var journal = new ScanJournal(demo.ScansPath);
        journal.Asked(Scan("scan-1"));
        journal.Answered(Scan("scan-1"), new AccessAnswer(GateDecision.Grant, "ok", "tkt_5", 5, 3000));

        Assert.Equal(1, await Check(ticketNow, asOf));

        Assert.Contains(fault, _faults.ToString(), Ordinal);
    }

    [Fact]
    public async Task Check_NeedsADemo() => Assert.Contains(
        "There is no demo club",
        (await Assert.ThrowsAsync<DeviceException>(() => Check("tkt_5", asOf: 5))).Message,
        Ordinal);

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private async Task<int> Check(string ticket, long asOf)
    {
        using var silo = new ScriptedSilo((request, _) => Task.FromResult((200, request.Path switch
        {
            "/api/auth/login" => """{"accessToken":"token","expiresIn":3600}""",
            "/api/gates/v1/access" =>
                $$"""{"decision":"grant","reason":"ok","ticketId":"{{ticket}}","position":5,"openMs":3000}""",
            _ => $$"""{"items":[],"asOf":{{asOf}}}""",
        })));
        using var client = silo.Client();
        return await CheckVerb.Run(
            new Arguments(["--state", _folder, "--login", Path.Combine(_folder, "login.json")]),
            client, new Output(_lines, _faults), TimeProvider.System, CancellationToken.None);
    }

    private ClubState FoundClub()
    {
        var state = ClubState.Open(_folder);
        state.Save(new ClubFile
        {
            Tag = "abc123",
            Seed = 1,
            MemberCount = 1,
            FoundedOn = new DateOnly(2026, 11, 24),
            Gates = new Dictionary<Reader, GateIdentity>
            {
                [Reader.MainEntrance] = new("gat_1", "AAAA", "Entrée", "zon_1", "both", true),
            },
        });
        return state;
    }

    private static AskedScan Scan(string scanId) => new(
        "gat_1", scanId, new Credential("rfid", "04AB"), Direction.In,
        new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero), 1, Place.Weights);
}
