using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Running;

/// <summary>All doors of the club.</summary>
public sealed class GateFleet : IDisposable
{
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Reader, GateClient> _gates;
    private readonly Output _output;
    private readonly TimeProvider _clock;

    private GateFleet(Dictionary<Reader, GateClient> gates, Output output, TimeProvider clock)
    {
        _gates = gates;
        _output = output;
        _clock = clock;
    }

    public static GateFleet Open(
        HttpClient http, DemoClub club, string folder, RetryPolicy policy, Output output, TimeProvider clock)
    {
        var gates = club.File.Gates.ToDictionary(
            pair => pair.Key, pair => GateClient.Open(http, pair.Value, folder, policy, clock));
        return new GateFleet(gates, output, clock);
    }

    public GateClient this[Reader reader] => _gates[reader];

    public IReadOnlyDictionary<string, GateClient> ById => _gates.Values.ToDictionary(gate => gate.Identity.Id);

    public int QueueLength => _gates.Values.Sum(gate => gate.QueueLength);

    public long MissedBeats => _gates.Values.Sum(gate => gate.MissedBeats);

    public IReadOnlyDictionary<string, long> Retries => _gates.Values
        .SelectMany(gate => gate.Retries).GroupBy(pair => pair.Key)
        .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));

    public Task Run(CancellationToken stop) => Task.WhenAll(_gates.Values.Select(gate => Run(gate, stop)));

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private async Task Run(GateClient gate, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await gate.Run(stop);
            }
            catch (GateRefusedException refusal)
            {
                // A refusal is somebody's mistake and worth reading, but one door must not close the others.
                _output.Fault($"{gate.Identity.Name}: {refusal.Message}");
                await Task.Delay(PauseAfterRefusal, _clock, stop);
            }
        }
    }
}
