using System.Diagnostics;
using SmartClub.Tests.Style;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Faults;

/// <summary>The real HAProxy, with the settings that <c>./smartclub ha-config</c> writes.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private static readonly string Writer = Path.Combine(SourceTree.Root, "silo", "Setup", "standby.sh");
    private readonly Process process;

    private Proxy(Process process, int port)
    {
        this.process = process;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    /// <summary>Stands before silos that listen on these ports of this machine.</summary>
    public static async Task<Proxy> Before(string folder, params int[] silos)
    {
        var port = FreePort.Find();
        var file = Path.Combine(folder, "haproxy.cfg");
        var servers = string.Join(',', silos.Select(silo => $"127.0.0.1:{silo}"));
        var script = $"declare -A settings=([tls]=off); source '{Writer}'; proxy_settings {port} {servers} >'{file}'";
        using var written = Process.Start("bash", ["-euc", script]);
        await written.Ends();
        Assert.Equal(0, written.ExitCode);
        return new Proxy(Process.Start("haproxy", ["-db", "-q", "-f", file]), port);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.Ends();
        process.Dispose();
    }
}
