using System.Collections.Concurrent;
using System.Diagnostics;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Faults;

/// <summary>
/// The real silo as a process of its own, started again whenever it ends, as its supervisor does. Only a refusal to
/// run is final.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const int Refuses = 78;
    private readonly string databaseUri;
    private readonly string dataFolder;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Lock gate = new();
    private readonly Task supervising;
    private TaskCompletionSource active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource standsBy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource begins = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? running;
    private long activeSince;
    private bool stopping;

    /// <summary>Starts it; what it needs of its environment beyond our own may be given.</summary>
    public SiloProcess(
        string databaseUri, string dataFolder, IReadOnlyDictionary<string, string>? environment = null)
    {
        this.databaseUri = databaseUri;
        this.dataFolder = dataFolder;
        this.environment = environment ?? new Dictionary<string, string>();
        Port = FreePort.Find();
        supervising = Supervise();
    }

    public int Port { get; }

    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>When it last became active, on the clock of <see cref="Stopwatch"/>; 0 before.</summary>
    public long ActiveSince => Interlocked.Read(ref activeSince);

    /// <summary>Exit codes of silos that ended without being killed.</summary>
    public ConcurrentQueue<int> EndedByItself { get; } = new();

    /// <summary>Completes when the process that runs now, or the next one, takes commands.</summary>
    public Task Active
    {
        get
        {
            lock (gate)
            {
                return active.Task;
            }
        }
    }

    /// <summary>Completes when the process that runs now, or the next one, waits for another silo to end.</summary>
    public Task StandsBy
    {
        get
        {
            lock (gate)
            {
                return standsBy.Task;
            }
        }
    }

    /// <summary>kill -9; another one is started. Completes when that one says its first word.</summary>
    public Task Kill()
    {
        lock (gate)
        {
            // Who killed it before, and waits still, hears of the same next one.
            begins = begins.Task.IsCompleted
                ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : begins;
            running?.Kill();
            return begins.Task;
        }
    }

    /// <summary>Stops it in its tracks; the returned process can go on again, if it still lives by then.</summary>
    public int? Pause()
    {
        lock (gate)
        {
            var id = running?.Id;
            Signals.Send(Signals.Stop, id is { } known ? [known] : []);
            return id;
        }
    }

    /// <summary>Ends it for good.</summary>
    public async Task Stop()
    {
        lock (gate)
        {
            stopping = true;
            running?.Kill();
        }

        await supervising.Happens("the silo is gone");
    }

    /// <summary>Runs another verb of the same program; returns its exit code and what it said.</summary>
    public async Task<(int Code, string Said)> Run(string verb)
    {
        using var process = Process.Start(Command(verb))!;
        var (output, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.Ends();
        return (process.ExitCode, await output + await said);
    }

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Supervise()
    {
        while (true)
        {
            using var process = new Process { StartInfo = Command("serve") };
            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            lock (gate)
            {
                if (stopping)
                {
                    return;
                }

                active = active.Task.IsCompleted
                    ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                    : active;
                standsBy = standsBy.Task.IsCompleted
                    ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                    : standsBy;
                process.Start();
                running = process;
            }

            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
#pragma warning disable RS0030 // It runs for as long as the test wants; Stop gives up in the end.
            await process.WaitForExitAsync();
#pragma warning restore RS0030
            lock (gate)
            {
                running = null;
            }

            const int killed = 128 + 9;
            if (process.ExitCode != killed)
            {
                EndedByItself.Enqueue(process.ExitCode);
            }

            if (process.ExitCode == Refuses)
            {
                active.TrySetException(new InvalidOperationException($"The silo refuses to run: {lines.Last()}"));
                return;
            }
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        lock (gate)
        {
            begins.TrySetResult();
        }

        lock (gate)
        {
            if (line.Contains("Active at position", StringComparison.Ordinal))
            {
                Interlocked.Exchange(ref activeSince, Stopwatch.GetTimestamp());
                active.TrySetResult();
                standsBy = standsBy.Task.IsCompleted
                    ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                    : standsBy;
            }
            else if (line.Contains("standing by", StringComparison.Ordinal))
            {
                standsBy.TrySetResult();
            }
        }
    }

    private ProcessStartInfo Command(string verb)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SmartClub.Silo.dll"), verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SMARTCLUB_DB"] = databaseUri,
                ["SMARTCLUB_DATA"] = dataFolder,
                ["SMARTCLUB_PORT"] = $"{Port}",
            },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
