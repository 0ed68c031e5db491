using System.Diagnostics;
using System.Globalization;

namespace SmartClub.Bench;

/// <summary>Load from inside this process.</summary>
internal static class Load
{
    /// <summary>
    /// Callers that each ask again as soon as they are answered. Only what succeeds after warm-up counts.
    /// </summary>
    public static async Task<Run> Closed(int callers, TimeSpan warmUp, TimeSpan length, Func<int, Task<bool>> ask)
    {
        var latencies = new List<double>[callers];
        var counting = false;
        var stopping = false;
        async Task Call(int caller)
        {
            await Task.Yield();
            var mine = latencies[caller] = new List<double>(4_096);
            while (!Volatile.Read(ref stopping))
            {
                var began = Stopwatch.GetTimestamp();
                if (await ask(caller) && Volatile.Read(ref counting))
                {
                    mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        }

        var all = Enumerable.Range(0, callers).Select(Call).ToList();
        await Task.Delay(warmUp);
        var cpu = Cpu.All();
        var clock = Stopwatch.StartNew();
        Volatile.Write(ref counting, true);
        await Task.Delay(length);
        Volatile.Write(ref counting, false);
        var seconds = clock.Elapsed.TotalSeconds;
        var spent = Cpu.All() - cpu;
        Volatile.Write(ref stopping, true);
        await Task.WhenAll(all);
        var merged = latencies.SelectMany(l => l).ToList();
        return new Run(merged.Count, seconds, spent, Latencies.Of(merged));
    }
}

/// <summary>
/// Processor time of those who do the work: this process, its children and PostgreSQL. Whatever else the machine
/// does stays out of the figure.
/// </summary>
internal static class Cpu
{
    public static double All() => ByProcess().Values.Sum();

    /// <summary>Seconds by who spent them.</summary>
    public static Dictionary<string, double> ByProcess()
    {
        var seconds = new Dictionary<string, double> { ["load"] = 0, ["server"] = 0, ["postgres"] = 0 };
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(d[6])))
        {
            if (Stat(folder) is not var (id, parent, name, spent))
            {
                continue;
            }

            var who = id == Environment.ProcessId ? "load"
                : parent == Environment.ProcessId ? "server"
                : name == "postgres" ? "postgres" : null;
            if (who is not null)
            {
                seconds[who] += spent;
            }
        }

        return seconds;
    }

    private static (int Id, int Parent, string Name, double Seconds)? Stat(string folder)
    {
        try
        {
            // pid (name) state ppid … utime stime, the 14th and 15th, in hundredths of a second.
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var end = text.LastIndexOf(')');
            var rest = text[(end + 2)..].Split(' ');
            long Field(int i) => long.Parse(rest[i - 3], CultureInfo.InvariantCulture);
            return ((int)long.Parse(text[..text.IndexOf(' ')], CultureInfo.InvariantCulture), (int)Field(4),
                text[(text.IndexOf('(') + 1)..end], (Field(14) + Field(15)) / 100.0);
        }
        catch (IOException)
        {
            // The process ended meanwhile.
            return null;
        }
    }
}
