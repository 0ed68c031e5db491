using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SmartClub.Tests.Style;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Faults;

/// <summary>
/// A PostgreSQL that may be killed: a file tells its pid and how to start it again. One that was made here lies on a
/// small disk of its own, which can be full.
/// </summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private static readonly string Throwaway = Path.Combine(SourceTree.Root, "silo", "Setup", "throwaway.sh");
    private readonly string file;
    private readonly string? folder;
    private readonly SemaphoreSlim starting = new(1);

    private PostgresProcess(string file, string? folder)
    {
        this.file = file;
        this.folder = folder;
    }

    public string Uri => Told().GetProperty("uri").GetString()!;

    /// <summary>Where there is no room once the disk is full.</summary>
    public string Folder => folder ?? throw new InvalidOperationException("This PostgreSQL has no disk of its own.");

    /// <summary>The one that was made for this run of the tests.</summary>
    public static PostgresProcess OfRun { get; } = new(
        Environment.GetEnvironmentVariable("SMARTCLUB_TEST_PG") ?? "SMARTCLUB_TEST_PG is not set", null);

    /// <summary>Makes one on a disk of so many megabytes.</summary>
    public static async Task<PostgresProcess> Make(int megabytes)
    {
        var said = await Run("bash", Throwaway, "make", megabytes.ToString(CultureInfo.InvariantCulture));
        var folder = said.Trim();
        return new PostgresProcess(Path.Combine(folder, "postgres.json"), folder);
    }

    /// <summary>kill -9, and up again.</summary>
    public async Task KillAndRestart()
    {
        Signals.Send(Signals.Kill, Postmaster);
        await EnsureUp();
    }

    /// <summary>kill -9 of one process beside the first: PostgreSQL ends all others and recovers by itself.</summary>
    public void KillBackend(int which)
    {
        var others = Processes().Where(id => id != Postmaster).Order().ToList();
        if (others.Count > 0)
        {
            Signals.Send(Signals.Kill, others[which % others.Count]);
        }
    }

    /// <summary>Stops every process of it in its tracks; the returned ones can go on again.</summary>
    public IReadOnlyList<int> Pause()
    {
        var all = Processes();
        Signals.Send(Signals.Stop, all);
        return all;
    }

    /// <summary>Leaves no byte free on its disk.</summary>
    public async Task FillDisk()
    {
        await starting.WaitAsync();
        Directory.CreateDirectory(Ballast);

        // Others take and give meanwhile, and an allocation is whole or not at all: the pieces get smaller and smaller.
        var piece = new DriveInfo(Folder).AvailableFreeSpace;
        for (var number = 0; piece >= 4_096; number++)
        {
            piece = await TryTake(piece, Path.Combine(Ballast, $"{number}")) ? piece : piece / 2;
        }
    }

    /// <summary>
    /// Frees the disk again; a PostgreSQL that gave up meanwhile is started, as its supervisor would.
    /// </summary>
    public async Task FreeDisk()
    {
        Directory.Delete(Ballast, recursive: true);
        starting.Release();
        await EnsureUp();
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            Signals.Send(Signals.Continue, Processes());
            await Run("bash", Throwaway, "remove", folder);
        }

        starting.Dispose();
    }

    private string Ballast => Path.Combine(Folder, "ballast");

    private int Postmaster => Told().GetProperty("pid").GetInt32();

    /// <summary>Starts it unless it runs. Not while its disk is full: that would be in vain.</summary>
    public async Task EnsureUp()
    {
        await starting.WaitAsync();
        try
        {
            // One that recovers by itself is alive; one that was just killed takes a moment to be gone.
            for (var looked = 0; IsAlive(Postmaster) && looked < 20; looked++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }

            if (!IsAlive(Postmaster))
            {
                var start = Told().GetProperty("start").EnumerateArray().Select(word => word.GetString()!).ToArray();
                await Run(start);
            }
        }
        finally
        {
            starting.Release();
        }
    }

    private static async Task<bool> TryTake(long bytes, string file)
    {
        var command = new ProcessStartInfo("fallocate", ["--length", $"{bytes}", file])
        {
            RedirectStandardError = true,
        };
        using var taking = Process.Start(command)!;
        var said = taking.StandardError.ReadToEndAsync();
        await taking.Ends();
        await said;
        return taking.ExitCode == 0;
    }

    // One that nobody has collected yet, as in a container without an init, is not alive.
    private static bool IsAlive(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    // PostgreSQL writes its titles over its environment, but all its processes work in the cluster's folder.
    private List<int> Processes()
    {
        var home = Told().GetProperty("data").GetString();
        return [.. from entry in Directory.EnumerateDirectories("/proc")
                   where char.IsAsciiDigit(entry[6]) && WorksIn(entry) == home
                   select int.Parse(entry.AsSpan(6), CultureInfo.InvariantCulture)];
    }

    private static string? WorksIn(string entry)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(entry, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<string> Run(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.Ends(minutes: 3);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)}: {await output}{await said}");
        return await output;
    }

    private JsonElement Told() => File.Exists(file)
        ? JsonDocument.Parse(File.ReadAllText(file)).RootElement.Clone()
        : throw new InvalidOperationException(
            $"There is no {file}; `./smartclub test` makes a PostgreSQL that may be killed.");
}
