using System.Collections.Concurrent;
using System.Globalization;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Running;

/// <summary>What the gates saw; one instance per minute and one for the whole run.</summary>
public sealed class Statistics
{
    private readonly ConcurrentDictionary<string, long> _denials = new();
    private readonly ConcurrentDictionary<string, long> _refusals = new();
    private long _grants;
    private long _inferredExits;
    private long _turnedAway;
    private long _unanswered;

    public LatencyHistogram Latency { get; } = new();

    public long Grants => Interlocked.Read(ref _grants);

    public long Denials => _denials.Values.Sum();

    public long Unanswered => Interlocked.Read(ref _unanswered);

    public long Refused => _refusals.Values.Sum();

    public void Answered(AccessAnswer answer, TimeSpan latency)
    {
        Latency.Add(latency);
        if (answer.Decision == GateDecision.Grant)
        {
            Interlocked.Increment(ref _grants);
        }
        else
        {
            _denials.AddOrUpdate(answer.Reason, 1, (_, count) => count + 1);
        }
    }

    public void InferredExit() => Interlocked.Increment(ref _inferredExits);

    /// <summary>A scan that is not shown: the door stands locked or open, or it had not let this person in.</summary>
    public void TurnedAway() => Interlocked.Increment(ref _turnedAway);

    public void NoAnswer() => Interlocked.Increment(ref _unanswered);

    public void RequestRefused(string code) => _refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    public string Line(int inside) => string.Create(
        CultureInfo.InvariantCulture,
        $"grants {Grants}, denies {Denials}{ByCount(_denials)}, inside {inside}, inferred exits {_inferredExits}, "
        + $"turned away {_turnedAway}, unanswered {Unanswered}, refused {Refused}{ByCount(_refusals)}, "
        + $"p50 {Latency.Milliseconds(0.5):0.0} ms, p99 {Latency.Milliseconds(0.99):0.0} ms");

    public static string ByCount(IEnumerable<KeyValuePair<string, long>> counts)
    {
        var parts = counts.Where(pair => pair.Value > 0)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} {pair.Value}").ToList();
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }
}
