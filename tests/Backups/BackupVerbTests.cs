using System.Diagnostics;
using SmartClub.Devices.Staff;
using SmartClub.Tests.Faults;
using SmartClub.Tests.Support;
using Xunit.Abstractions;

namespace SmartClub.Tests.Backups;

/// <summary>
/// The verbs as <c>./smartclub</c> calls them, on the real program under load: what clients had been told before the
/// backup began is in it, and nothing that nobody asked for.
/// </summary>
[Collection(nameof(Faults))]
[Trait("Category", "Slow")]
public sealed class BackupVerbTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-backup-").FullName;
    private TestDatabase database = null!;
    private TestDatabase empty = null!;

    public async Task InitializeAsync() =>
        (database, empty) = (await TestDatabase.Create(), await TestDatabase.Create());

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await empty.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Backup_UnderLoad_RestoresExactlyWhatWasAcknowledged()
    {
        var (first, second) = (Folder("first"), Folder("second"));
        var progress = new Progress();
        await using var silo = new SiloProcess(database.Uri(), first);
        var log = new CallLog(Path.Combine(folder, "calls.log"));
        using var http = new HttpClient(log) { BaseAddress = new Uri($"http://127.0.0.1:{silo.Port}") };
        await silo.Active.Happens("the silo becomes active", minutes: 2);
        var login = FirstLogin.Load(Path.Combine(first, "first-login.json"));
        using var staff = new StaffClient(http, login, Path.Combine(folder, "token"), TimeProvider.System);
        var load = new Load(http, staff, folder, progress);
        await load.SetUp(CancellationToken.None).Happens("the club is set up", minutes: 2);
        var enough = new TaskCompletionSource();
        var running = load.Run(20_261_124, enough.Task);
        await Task.WhenAny(running, progress.After(300)).Unwrap().Happens("some answers", minutes: 2);

        var told = log.Calls.Where(c => c.IsAnswered && c.Position is not null).ToList();
        var backup = Path.Combine(folder, "club.backup");
        var said = await Verb(database.Uri(), first, $"backup > {backup} 3> {backup}.keys");
        await FailsOnFullDisk(first, $"backup > /dev/full 3> {backup}.lost");
        await FailsOnFullDisk(first, $"backup > {backup}.lost 3> /dev/full");
        await progress.After(300).Happens("more answers", minutes: 2);
        enough.SetResult();
        await running.Happens("everybody has an answer", minutes: 2);
        output.WriteLine($"{told.Count} answers with a position before: {said}");

        output.WriteLine(await Verb(empty.Uri(), second, $"restore < {backup} 3< {backup}.keys"));
        output.WriteLine(await Verb(empty.Uri(), second, "verify"));
        var head = await empty.Scalar<long>("select max(position) from journal.rows");
        Assert.True(head < await database.Scalar<long>("select max(position) from journal.rows"));
        Assert.Equal(
            await database.Rows($"select * from journal.rows where position <= {head} order by position"),
            await empty.Rows("select * from journal.rows order by position"));
        Assert.True(told.Count > 100 && head >= told.Max(call => call.Position), $"{head}");

        // Members by name: the second folder's keys open what the first one's closed.
        var names = await empty.Rows("select display_name from views.members");
        Assert.Equal(await empty.Scalar<long>("select count(*) from views.members"), names.Count);
        Assert.All(names, name => Assert.True(name.Length > 3, name));
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    private async Task FailsOnFullDisk(string dataFolder, string words)
    {
        var (code, said) = await Run(database.Uri(), dataFolder, words);
        Assert.Equal(SmartClub.Silo.Entry.Refuses, code);
        Assert.StartsWith("The backup cannot be written: No space left on device", said, StringComparison.Ordinal);
    }

    private static async Task<string> Verb(string databaseUri, string dataFolder, string words)
    {
        var (code, said) = await Run(databaseUri, dataFolder, words);
        Assert.True(code == 0, $"{words}: {code}, {said}");
        return said;
    }

    // A shell opens the files, as ./smartclub does.
    private static async Task<(int Code, string Said)> Run(string databaseUri, string dataFolder, string words)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SmartClub.Silo.dll");
        var command = new ProcessStartInfo("bash", ["-c", $"exec dotnet {program} {words}"])
        {
            RedirectStandardError = true,
            Environment =
            {
                ["SMARTCLUB_DB"] = databaseUri, ["SMARTCLUB_DATA"] = dataFolder, ["LC_ALL"] = "C.UTF-8",
            },
        };
        using var process = Process.Start(command)!;
        var said = process.StandardError.ReadToEndAsync();
        await process.Ends();
        return (process.ExitCode, (await said).Trim());
    }
}
