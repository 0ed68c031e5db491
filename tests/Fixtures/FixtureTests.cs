using SmartClub.Grains;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Backups;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Backups;
using SmartClub.Tests.Style;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Fixtures;

/// <summary>
/// A club of every version that was released opens in this one: restored from its backup, verified, its people known,
/// and it goes on.
/// </summary>
/// <remarks>
/// The first run after a release has raised the version makes its fixture, with <c>SMARTCLUB_FIXTURE=write</c>; one
/// that exists is never overwritten.
/// </remarks>
public sealed class FixtureTests : IAsyncLifetime
{
    private static readonly string Place = Path.Combine(SourceTree.Root, "tests", "Fixtures");
    private World world = null!;

    public static TheoryData<string> Versions() =>
        [.. Directory.GetDirectories(Place, "v*").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task ThisVersion_HasItsFixture()
    {
        var folder = Path.Combine(Place, "v" + BackupFormat.Program);
        if (Environment.GetEnvironmentVariable("SMARTCLUB_FIXTURE") == "write" && !Directory.Exists(folder))
        {
            var (file, keys, known) = await FixtureClub.Make(world);
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, "club.backup"), file);
            await File.WriteAllBytesAsync(Path.Combine(folder, "club.backup.keys"), keys);
            known.Write(Path.Combine(folder, "known.json"));
            await File.WriteAllLinesAsync(Path.Combine(folder, "names.txt"), StoredNames().Keys.Order());
        }

        Assert.True(
            Directory.Exists(folder),
            $"There is no {folder}: run this test once with SMARTCLUB_FIXTURE=write and commit what it makes.");
        Assert.All(Directory.GetFiles(folder), f => Assert.InRange(new FileInfo(f).Length, 1, 1_000_000));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Club_OfAnEarlierVersion_OpensAndGoesOn(string version)
    {
        var known = Known.Read(Path.Combine(Place, version, "known.json"));
        var restored = await (await Fixture(version)).Into(world);
        Assert.Equal(version, "v" + restored.Header.MadeBy);
        Assert.Equal(known.Position, restored.Found.Rows);

        world.Clock.SetUtcNow(known.Now);
        var now = await Known.Of(world, known.Position);
        Assert.Equal(known.Members, now.Members);
        Assert.Equal(known.Memberships, now.Memberships);
        Assert.Equal(known.Inside, now.Inside);
        Assert.True(known.Members.Count > 20 && known.Inside.Count > 3);

        // Who was inside is let out, and is outside then; members can be registered.
        var silo = await world.Start();
        await LetOut(silo, known.Inside[0]);
        var member = new MemberId(CommandId.Of("fixture", "newcomer").Value);
        await silo.Send(new RegisterMember(member, "Nouvelle", "Venue", null, null), "newcomer");
        await silo.Commits.Settled().Happens("every send has come back");
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
        Assert.DoesNotContain(known.Inside[0], (await Known.Of(world, 0)).Inside);
        await silo.CheckJournal();
        await silo.Get<Verifier>().Run(default);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task EveryName_ThatTheVersionStored_IsStillKnown_AndShown(string version)
    {
        await (await Fixture(version)).Into(world);
        var names = await File.ReadAllLinesAsync(Path.Combine(Place, version, "names.txt"));
        var now = StoredNames();
        Assert.Empty(names.Except(now.Keys));

        // In the club itself, or at least as a golden file.
        var seen = await NamesInJournal(now);
        var golden = Directory.GetFiles(Path.Combine(SourceTree.Root, "tests", "Golden", "events"), "*.json")
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Empty(names.Except(seen).Except(golden!));
        var events = names.Where(n => n.EndsWith(".v1", StringComparison.Ordinal)).ToList();
        var unseen = events.Except(seen).ToList();
        Assert.True(unseen.Count <= events.Count / 10, string.Join(' ', unseen));
    }

    private static Dictionary<string, Type> StoredNames()
    {
        var codec = new Codec(Modules.All, null!);
        return codec.Names.ToDictionary(n => n.Key, n => n.Value);
    }

    private static async Task<Backup> Fixture(string version) => new(
        await File.ReadAllBytesAsync(Path.Combine(Place, version, "club.backup")),
        await File.ReadAllBytesAsync(Path.Combine(Place, version, "club.backup.keys")),
        null!);

    private async Task<HashSet<string>> NamesInJournal(Dictionary<string, Type> names)
    {
        var byType = names.ToDictionary(n => n.Value, n => n.Key);
        var store = new PostgresJournalStore(world.Connect());
        using var keys = ClubKeys.Open(world.DataFolder);
        var reader = new JournalReader(store, new RowCodec(new Codec(Modules.All, new KeyRing(store, keys))));
        var seen = new HashSet<string>();
        await foreach (var (row, _, _) in reader.All(0, int.MaxValue))
        {
            var answers = row.Settled.Select(s => (Answer?)s.Answer).Append(row.Answer);
            seen.UnionWith(row.Events.Cast<object>()
                .Concat(row.Sends.Select(s => s.Command)).Concat(row.Reminders.Select(r => r.Command))
                .Concat(answers.Select(a => a?.Outcome).OfType<object>())
                .Select(stored => byType[stored.GetType()]));
        }

        return seen;
    }

    private async Task LetOut(TestSilo silo, string inside)
    {
        var (member, zone) = (inside.Trim('(', ')').Split(',')[0], inside.Trim('(', ')').Split(',')[1]);
        var gate = await world.Database.Scalar<string>(
            $"select key from views.gates where zone_id = '{zone}' "
            + "and not coalesce((facts->>'confirmsPassage')::bool, false) order by key limit 1");
        var badge = await world.Database.Scalar<string>(
            $"select key from views.credentials where member_id = '{member}' order by key limit 1");
        var answer = await silo.Send(
            new RequestAccess(
                MemberId.Parse(member, null), CredentialId.Parse(badge, null), GateId.Parse(gate, null), "let out",
                Direction.Out),
            "let out");
        Assert.True(Assert.IsType<AccessAnswer>(answer.Answer.Outcome).Granted);
    }
}
