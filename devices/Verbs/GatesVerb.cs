using System.Globalization;
using System.Text.Json;
using SmartClub.Devices.Club;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Running;

namespace SmartClub.Devices.Verbs;

/// <summary>
/// A plain load of scans for a quick look. The loop is open: a scan is due by the clock whether or not earlier ones
/// were answered, and its latency counts from when it was due, so a slow silo cannot hide its queue.
/// </summary>
public static class GatesVerb
{
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("url", "keys", "rate", "connections", "seconds", "trust");
        var rate = arguments.Number("rate", 500, 0.1, 1_000_000);
        var connections = arguments.Whole("connections", 64, 1, 4_096);
        var seconds = arguments.Number("seconds", 10, 0.1, 86_400);
        var keysPath = arguments.Required("keys");
        var keys = LoadKeys(keysPath);
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(keysPath))!, "load");
        PrivateFile.CreateFolder(folder);
        using var http = DemoSetup.MakeHttp(arguments, connections);
        var gates = keys.Gates.Where(gate => gate.Direction != "out")
            .Select(gate => GateClient.Open(http, gate, folder, new RetryPolicy { AttemptsMax = 5 }, clock)).ToList();
        if (gates.Count == 0)
        {
            throw new DeviceException($"{keysPath} names no gate that lets people in.");
        }

        try
        {
            var load = new Load(gates, keys.Credentials, DemoVerb.RunName(clock), clock);
            await load.Run(rate, connections, TimeSpan.FromSeconds(seconds), stop);
            output.Line(load.Summary(rate));
            return load.Failed == 0 ? 0 : 1;
        }
        finally
        {
            gates.ForEach(gate => gate.Dispose());
        }
    }

    private static KeysFile LoadKeys(string path)
    {
        try
        {
            return Wire.Read<KeysFile>(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DeviceException($"The keys file {path} cannot be read.", fault);
        }
    }

    private sealed class Load(
        IReadOnlyList<GateClient> gates, IReadOnlyList<Credential> credentials, string run, TimeProvider clock)
    {
        private readonly Statistics _statistics = new();
        private long _next = -1;
        private TimeSpan _took;

        public long Failed => _statistics.Unanswered + _statistics.Refused;

        public async Task Run(double rate, int connections, TimeSpan duration, CancellationToken stop)
        {
            var startedAt = clock.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
            {
                for (var number = Interlocked.Increment(ref _next); ; number = Interlocked.Increment(ref _next))
                {
                    var due = TimeSpan.FromSeconds(number / rate);
                    if (due >= duration || stop.IsCancellationRequested)
                    {
                        return;
                    }

                    if (due - clock.GetElapsedTime(startedAt) is var wait && wait > TimeSpan.Zero)
                    {
                        await Task.Delay(wait, clock, stop);
                    }

                    await Scan(number, startedAt, due, stop);
                }
            }));
            _took = clock.GetElapsedTime(startedAt);
        }

        public string Summary(double rate) => string.Create(
            CultureInfo.InvariantCulture,
            $"asked for {rate:0} a second, got {_statistics.Latency.Total / _took.TotalSeconds:0} a second: ")
            + _statistics.Line(0) + ", retries" + Statistics.ByCount(gates.SelectMany(gate => gate.Retries)
                .GroupBy(pair => pair.Key).Select(group => KeyValuePair.Create(group.Key, group.Sum(p => p.Value)))
                .DefaultIfEmpty(KeyValuePair.Create("none", 1L)));

        /// <summary>Each person goes in, then out at the same gate, then in again.</summary>
        private async Task Scan(long number, long startedAt, TimeSpan due, CancellationToken stop)
        {
            var person = number % Math.Max(1, credentials.Count);
            var credential = credentials.Count == 0
                ? new Credential("rfid", "FF" + number.ToString("X8", CultureInfo.InvariantCulture))
                : credentials[(int)person];
            var gate = gates[(int)(person % gates.Count)];
            var goesOut = gate.Identity.Direction == "both" && number / Math.Max(1, credentials.Count) % 2 == 1;
            try
            {
                var answer = await gate.Show(
                    new AccessRequest(
                        $"load-{run}-{number}", credential, goesOut ? Direction.Out : Direction.In, gate.Now),
                    stop);
                _statistics.Answered(answer, clock.GetElapsedTime(startedAt) - due);
            }
            catch (GateUnansweredException)
            {
                _statistics.NoAnswer();
            }
            catch (GateRefusedException refusal)
            {
                _statistics.RequestRefused(refusal.Code);
            }
        }
    }
}
