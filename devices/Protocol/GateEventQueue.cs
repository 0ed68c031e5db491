using System.Text.Json;

namespace SmartClub.Devices.Protocol;

/// <summary>
/// What happened at the door, kept on disk until the silo has it. The first line of the file says up to where the
/// silo acknowledged; each further line is one event. An acknowledgement lost in a crash only means that events are
/// sent again, which the silo recognises by their number.
/// </summary>
public sealed class GateEventQueue : IDisposable
{
    public const int BatchMax = 500;

    /// <summary>Acknowledged lines that may stay in the file before it is written anew.</summary>
    private const int StaleLinesMax = 5_000;

    private readonly Lock _lock = new();
    private readonly Queue<(GateEvent Event, TaskCompletionSource Acknowledged)> _pending = new();
    private readonly SemaphoreSlim _added = new(0);
    private readonly string _path;
    private FileStream _file;
    private long _last;
    private int _staleLines;

    private GateEventQueue(string path, long acknowledged, IReadOnlyList<GateEvent> pending)
    {
        _path = path;
        _last = pending.Count > 0 ? pending[^1].N : acknowledged;
        foreach (var happened in pending)
        {
            _pending.Enqueue((happened, Promise()));
        }

        _file = Rewrite(acknowledged);
    }

    public int Length
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count;
            }
        }
    }

    public static GateEventQueue Open(string path)
    {
        long acknowledged = 0;
        var pending = new List<GateEvent>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.TryGetProperty("acked", out var acked))
                {
                    acknowledged = acked.GetInt64();
                    continue;
                }

                pending.Add(document.RootElement.Deserialize<GateEvent>(Wire.Json)!);
            }
            catch (JsonException)
            {
                // Only the last line can be cut, by a crash before the event was reported to anybody.
                break;
            }
        }

        return new GateEventQueue(path, acknowledged, pending);
    }

    /// <summary>Returns a task that completes when the silo has acknowledged the event.</summary>
    public Task Add(GateEvent happened)
    {
        var promise = Promise();
        lock (_lock)
        {
            var numbered = happened with { N = ++_last };
            _file.Write([.. Wire.Bytes(numbered), (byte)'\n']);
            _file.Flush();
            _pending.Enqueue((numbered, promise));
        }

        _added.Release();
        return promise.Task;
    }

    public async Task<IReadOnlyList<GateEvent>> NextBatch(CancellationToken stop)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_pending.Count > 0)
                {
                    return [.. _pending.Take(BatchMax).Select(entry => entry.Event)];
                }
            }

            await _added.WaitAsync(stop);
        }
    }

    /// <summary>True when the acknowledgement moved the queue on.</summary>
    public bool Acknowledge(long n)
    {
        var done = new List<TaskCompletionSource>();
        lock (_lock)
        {
            while (_pending.TryPeek(out var entry) && entry.Event.N <= n)
            {
                done.Add(_pending.Dequeue().Acknowledged);
            }

            _staleLines += done.Count;
            if (_staleLines > StaleLinesMax || (_pending.Count == 0 && done.Count > 0 && _staleLines > 100))
            {
                _file.Dispose();
                _file = Rewrite(_pending.TryPeek(out var first) ? first.Event.N - 1 : _last);
            }
        }

        done.ForEach(promise => promise.SetResult());
        return done.Count > 0;
    }

    public void Dispose()
    {
        _file.Dispose();
        _added.Dispose();
    }

    private FileStream Rewrite(long acknowledged)
    {
        using var content = new MemoryStream();
        content.Write([.. Wire.Bytes(new { acked = acknowledged }), (byte)'\n']);
        foreach (var (happened, _) in _pending)
        {
            content.Write([.. Wire.Bytes(happened), (byte)'\n']);
        }

        PrivateFile.Replace(_path, content.ToArray());
        _staleLines = 0;
        return PrivateFile.Append(_path);
    }

    private static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
