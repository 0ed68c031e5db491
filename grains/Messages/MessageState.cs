using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Messages;

/// <summary>Where a message stands.</summary>
[JsonConverter(typeof(SnakeEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It may be sent now.</summary>
    Waiting,

    /// <summary>It is being sent.</summary>
    Claimed,

    /// <summary>It waits for another attempt.</summary>
    Delayed,

    /// <summary>The mail server has it.</summary>
    Sent,

    /// <summary>It was given up.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Unknown,
}

/// <summary>A message on its way. What it says stands in its first event only.</summary>
public sealed class MessageState : IGrainState
{
    /// <summary>Where it stands.</summary>
    [JsonInclude]
    public MessageStatus Status { get; private set; }

    /// <summary>Attempts so far.</summary>
    [JsonInclude]
    public int Attempts { get; private set; }

    /// <summary>After this it is of no use.</summary>
    [JsonInclude]
    public DateTimeOffset Until { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case MessageQueued queued:
                Until = queued.Until;
                Status = MessageStatus.Waiting;
                break;
            case MessageClaimed claimed:
                Attempts = claimed.Attempt;
                Status = MessageStatus.Claimed;
                break;
            case MessageDelayed:
                Status = MessageStatus.Delayed;
                break;
            case MessageDue:
                Status = MessageStatus.Waiting;
                break;
            case MessageSent:
                Status = MessageStatus.Sent;
                break;
            case MessageFailed:
                Status = MessageStatus.Failed;
                break;
            case MessageLost:
                Status = MessageStatus.Unknown;
                break;
        }
    }
}
