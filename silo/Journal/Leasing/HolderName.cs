using System.Globalization;

namespace SmartClub.Silo.Journal.Leasing;

/// <summary>
/// The name of an owner: which start of which machine, which process. Whoever finds the name on the same machine can
/// tell that the process is gone, and need not wait for a lease that nobody holds any more.
/// </summary>
public static class HolderName
{
    private static int count;

    /// <summary>A name for a part of this process; two parts have two names.</summary>
    public static string New()
    {
        var process = Place() is { } place && StartOf("self") is { } start
            ? $"{place}.{Environment.ProcessId}.{start}"
            : Guid.CreateVersion7().ToString("N");
        return string.Create(CultureInfo.InvariantCulture, $"{process}.{Interlocked.Increment(ref count)}");
    }

    /// <summary>Whether the process of this name has surely ended. What cannot be told is a "no".</summary>
    public static bool IsGone(string holder)
    {
        // Where other users' processes are hidden, one that is not seen may live.
        if (holder.Split('.') is not [var boot, var space, var id, var start, _]
            || Place() != $"{boot}.{space}" || StartOf("1") is null)
        {
            return false;
        }

        return StartOf(id) != start;
    }

    // Process ids count within one start of the machine and one namespace.
    private static string? Place()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").AsSpan(0, 8);
            var space = File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name;
            return space is null ? null : $"{boot}.{space.AsSpan().Trim("pid:[]")}";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Since when the process runs, in ticks since the machine's start; a process that waits to be collected does not.
    private static string? StartOf(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
