using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Running;

namespace SmartClub.Tests.Devices;

public sealed class ScanJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;

    private string JournalPath => Path.Combine(_folder, "scans.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Journal_TellsWhatWasAnswered_AndWhatStillNeedsAnAnswer()
    {
        using (var journal = new ScanJournal(JournalPath))
        {
            journal.Asked(Scan("a", 1, Direction.In));
            journal.Asked(Scan("b", 2, Direction.In));
            journal.Answered(Scan("a", 1, Direction.In), Grant(5));
        }

        var scans = ScanJournal.Read(JournalPath);

        Assert.Equal(["a", "b"], scans.Select(scan => scan.Asked.ScanId));
        Assert.Equal(new AnsweredScan("gat_1", "a", GateDecision.Grant, "ok", "tkt_5", 5), scans[0].Answered);
        Assert.Null(scans[1].Answered);
    }

    [Fact]
    public void Journal_GoesOnAfterALineCutByAKill()
    {
        using (var journal = new ScanJournal(JournalPath))
        {
            journal.Asked(Scan("a", 1, Direction.In));
        }

        File.AppendAllText(JournalPath, """{"answered":{"gateId":"gat_1","sca""");
        using (var journal = new ScanJournal(JournalPath))
        {
            journal.Asked(Scan("b", 1, Direction.In));
        }

        var scans = ScanJournal.Read(JournalPath);
        Assert.Equal([("a", false), ("b", false)],
            scans.Select(scan => (scan.Asked.ScanId, scan.Answered is not null)));
    }

    [Fact]
    public void Journal_KnowsWhoWentInAndNotOut()
    {
        (AskedScan, AnsweredScan?)[] scans =
        [
            (Scan("a", 1, Direction.In), Answered("a", GateDecision.Grant)),
            (Scan("b", 2, Direction.In), Answered("b", GateDecision.Grant)),
            (Scan("c", 3, Direction.In), Answered("c", GateDecision.Deny)),
            (Scan("d", 4, Direction.In), null),
            (Scan("e", 1, Direction.Out), Answered("e", GateDecision.Grant)),
            (Scan("f", -1, Direction.In), Answered("f", GateDecision.Grant)),
        ];

        Assert.Equal([2], ScanJournal.LeftInside(scans).Keys);
    }

    [Fact]
    public void Journal_IsReadableByItsOwnerOnly()
    {
        using var journal = new ScanJournal(JournalPath);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(JournalPath));
    }

    [Theory]
    [InlineData("""{"decision":"grant","reason":"ok","ticketId":"tkt_5","position":5}""", true)]
    [InlineData("""{"decision":"grant","reason":"ok","ticketId":"tkt_9","position":9}""", false)]
    [InlineData("""{"decision":"deny","reason":"anti_passback","position":9}""", false)]
    [InlineData("""{"decision":"deny","reason":"unknown_credential","position":null}""", false)]
    public async Task Check_FindsAnAnswerThatChanged(string answerNow, bool same)
    {
        using var silo = new ScriptedSilo((200, answerNow));
        using var gate = GateClient.Open(
            silo.Client(), new GateIdentity("gat_1", "AAAA", "Entrée", "zon_1", "both", true), _folder,
            new RetryPolicy(), TimeProvider.System);
        var check = new AcknowledgedCheck(new Dictionary<string, GateClient> { ["gat_1"] = gate });
        var unanswered = (Scan("b", 2, Direction.In), (AnsweredScan?)null);
        var withoutMember = (Scan("c", -1, Direction.In), Answered("c", GateDecision.Deny) with { Position = null });

        var difference = await check.FirstDifference(
            [(Scan("a", 1, Direction.In), Answered("a", GateDecision.Grant)), unanswered, withoutMember],
            CancellationToken.None);

        Assert.Equal(same, difference is null);
        Assert.Equal(same ? 1 : 0, check.Same);
    }

    private static AskedScan Scan(string scanId, int visitor, Direction direction) => new(
        "gat_1", scanId, new Credential("rfid", "04AB"), direction,
        new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero), visitor, Place.Weights);

    private static AccessAnswer Grant(long position) =>
        new(GateDecision.Grant, "ok", $"tkt_{position}", position, 3000);

    private static AnsweredScan Answered(string scanId, GateDecision decision) =>
        new("gat_1", scanId, decision, "ok", "tkt_5", 5);
}
