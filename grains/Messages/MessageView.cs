using SmartClub.Grains.Model;

namespace SmartClub.Grains.Messages;

/// <summary>The outbox: which mails are on their way, went out, or are stuck, and why.</summary>
public sealed class MessageView : IView
{
    /// <inheritdoc/>
    public string Name => "messages";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "messages",
            new Dictionary<string, ColumnType>
            {
                ["template"] = ColumnType.Text,
                ["language"] = ColumnType.Text,
                ["address"] = ColumnType.Text,
                ["status"] = ColumnType.Text,
                ["attempts"] = ColumnType.Number,
                ["code"] = ColumnType.Text,
                ["queued_at"] = ColumnType.Time,
                ["moved_at"] = ColumnType.Time,
                ["next_at"] = ColumnType.Time,
                ["until"] = ColumnType.Time,
            },
            "queued_at"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(MessageQueued), typeof(MessageClaimed), typeof(MessageSent), typeof(MessageDelayed),
        typeof(MessageDue), typeof(MessageFailed), typeof(MessageLost),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var columns = recorded.Event switch
        {
            MessageQueued queued => Queued(queued, recorded.At),
            MessageClaimed e => Moved(MessageStatus.Claimed, e.Attempt, null, null, recorded.At),
            MessageSent e => Moved(MessageStatus.Sent, e.Attempt, null, null, recorded.At),
            MessageDelayed e => Moved(MessageStatus.Delayed, e.Attempt, e.Code, e.Next, recorded.At),
            MessageDue e => Moved(MessageStatus.Waiting, e.Attempts, null, null, recorded.At),
            MessageFailed e => Moved(MessageStatus.Failed, e.Attempt, e.Code, null, recorded.At),
            MessageLost e => Moved(MessageStatus.Unknown, e.Attempt, e.Code, null, recorded.At),
            _ => null,
        };
        if (columns is not null)
        {
            yield return new RowChange("messages", new MessageId(recorded.Grain.Key).ToString(), columns);
        }
    }

    private static Dictionary<string, object?> Queued(MessageQueued queued, DateTimeOffset at)
    {
        var columns = Moved(MessageStatus.Waiting, 0, null, null, at);
        columns["template"] = queued.Template;
        columns["language"] = queued.Language;
        columns["address"] = queued.To;
        columns["queued_at"] = at;
        columns["until"] = queued.Until;
        return columns;
    }

    private static Dictionary<string, object?> Moved(
        MessageStatus status, int attempts, string? code, DateTimeOffset? next, DateTimeOffset at) => new()
        {
            ["status"] = Refusal.Snake(status.ToString()),
            ["attempts"] = (long)attempts,
            ["code"] = code,
            ["next_at"] = next,
            ["moved_at"] = at,
        };
}
