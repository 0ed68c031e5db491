using System.Globalization;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Page;
using SmartClub.Agent.Readers;
using SmartClub.Agent.Readers.Zk;
using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Verbs;
using SmartClub.Setup;

namespace SmartClub.Agent.Verbs;

/// <summary>Is the door until stopped.</summary>
public static class RunVerb
{
    private const int UsualBaud = 9_600;

    /// <summary>Runs it.</summary>
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly(
            "state", "reader", "format", "direction", "reader2", "format2", "direction2", "relay", "inputs", "page",
            "mode", "trust");
        using var store = AgentStore.Open(arguments.Required("state"));
        var first = Reader(arguments, "", store, output, clock);
        using var relay = first as ZkTurnstile
            ?? RelayChoice.Of(arguments.Text("relay") ?? "console", output, clock);
        var page = arguments.Text("page") is { } port
            ? new LocalPage($"http://127.0.0.1:{port}/", first as PageCamera)
            : null;
        using var host = new AgentHost(
            store, Network(arguments), relay, Mode(arguments), shown => Show(shown, output, page), clock);
        List<IReader> readers = [first];
        using var inputs = arguments.Text("inputs") is { } pins ? new GpioInputs(pins, host.Door) : null;
        if (arguments.Text("reader2") is not null)
        {
            readers.Add(Reader(arguments, "2", store, output, clock));
        }

        var door = host.Link.Identity;
        if (page is not null)
        {
            page.Name = door.Name;
        }

        output.Line(Words.AsWished($"door {door.Name} ({door.Id}), list of {host.List.Count} rights"));
        var pages = page?.Run(stop) ?? Task.Delay(Timeout.InfiniteTimeSpan, clock, stop);
        await await Task.WhenAny(host.Run(readers, stop), pages);
        return 0;
    }

    /// <summary>The network to the silos; with a certificate that only this club vouches for, if given.</summary>
    public static HttpMessageHandler Network(Arguments arguments)
    {
        var network = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        };
        if (arguments.Text("trust") is { } file)
        {
            network.SslOptions.CertificateChainPolicy = DemoSetup.TrustOnly(file);
        }

        return network;
    }

    /// <summary>What the door does for whom its list does not speak.</summary>
    public static OfflineMode Mode(Arguments arguments) => arguments.Text("mode") switch
    {
        null or "deny" => OfflineMode.Deny,
        "staff" => OfflineMode.Staff,
        "listed" => OfflineMode.Listed,
        var other => throw new DeviceException($"There is no mode '{other}'; there are: deny, staff, listed."),
    };

    // Only words of the protocol: what was held to the reader is nobody's business.
    private static void Show(DoorShows shown, Output output, LocalPage? page)
    {
        output.Line($"{shown.State} {shown.Reason}{(shown.IsOffline ? " offline" : "")}");
        page?.Show(shown);
    }

    private static IReader Reader(
        Arguments arguments, string number, AgentStore store, Output output, TimeProvider clock)
    {
        var choice = arguments.Text("reader" + number) ?? "stdin";
        var format = CredentialFormat.Of(arguments.Text("format" + number) ?? "auto");
        var direction = arguments.Text("direction" + number) switch
        {
            "in" => Direction.In,
            "out" => Direction.Out,
            null => store.Fact("identity")?.Contains("\"direction\":\"out\"", StringComparison.Ordinal) == true
                ? Direction.Out
                : Direction.In,
            var other => throw new DeviceException($"There is no direction '{other}'; there are: in, out."),
        };
        var parts = choice.Split(':');
        return parts[0] switch
        {
            "stdin" => new LineReader(
                Output.Input, format, direction, false, output, clock),
            "serial" => new LineReader(
                LineReader.Serial(parts[1], parts.Length > 2 ? Number(parts[2]) : UsualBaud), format, direction, true,
                output, clock),
            "wedge" => new WedgeReader(choice[6..], format, direction, output, clock),
            "zk" when parts.Length == 4 => new ZkTurnstile(
                $"http://{parts[1]}:{Number(parts[2])}/", parts[3], clock),
            "camera" when arguments.Text("page") is not null => new PageCamera(format, direction),
            "http" => new HttpReader($"http://127.0.0.1:{Number(parts[1])}/", format, direction),
            _ => throw new DeviceException($"There is no reader '{choice}'."),
        };
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new DeviceException($"'{text}' should be a number.");
}
