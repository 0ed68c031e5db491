using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SmartClub.Tests.Faults;

/// <summary>Signals to other processes, beyond the one that <see cref="Process"/> can send.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal; a process that is gone already hears nothing, which is no fault.</summary>
    public static void Send(int signal, params IEnumerable<int> processes)
    {
        foreach (var process in processes)
        {
            _ = SendOne(process, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendOne(int process, int signal);
}
