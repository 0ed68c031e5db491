using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>A message that the outbox still has to do with.</summary>
public readonly record struct OpenMessage(MessageId Id, int Attempts, bool IsClaimed);

/// <summary>The messages that may be sent now or are being sent; all others are not in it.</summary>
public sealed class MessageMirror : IMirror
{
    private readonly ConcurrentDictionary<string, OpenMessage> open = new();
    private volatile TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Table => "messages";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["status", "attempts"];

    /// <summary>Those that are open now.</summary>
    public IEnumerable<OpenMessage> Open => open.Values;

    /// <summary>Completes when a message has moved after this was asked for.</summary>
    public Task Moved => moved.Task;

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        if (columns.GetValueOrDefault("status") is not ("waiting" or "claimed"))
        {
            open.TryRemove(key, out _);
            return;
        }

        open[key] = new OpenMessage(
            MessageId.Parse(key, null), (int)(long)columns["attempts"]!, columns["status"] is "claimed");
        var waiting = moved;
        moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.TrySetResult();
    }

    /// <inheritdoc/>
    public void Remove(string key) => open.TryRemove(key, out _);
}
