using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Messages;

/// <summary>All that the feature "messages" owns.</summary>
public static class MessagesModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "messages",
        [
            new GrainDefinition<MessageState>(kind: 11, "message")
                .Command<QueueMessage, Done>("message.queue", MessageRules.Decide)
                .Command<ClaimMessage, Done>("message.claim", MessageRules.Decide)
                .Command<ReportMessage, Done>("message.report", MessageRules.Decide)
                .Command<RetryMessage, Done>("message.retry", MessageRules.Decide)
                .Command<ResendMessage, Done>("message.resend", MessageRules.Decide)
                .Event<MessageQueued>("message.queued.v1")
                .Event<MessageClaimed>("message.claimed.v1")
                .Event<MessageSent>("message.sent.v1")
                .Event<MessageDelayed>("message.delayed.v1")
                .Event<MessageDue>("message.due.v1")
                .Event<MessageFailed>("message.failed.v1")
                .Event<MessageLost>("message.lost.v1"),
        ],
        [new MessageView()],
        [typeof(MessageRefusal)]);
}
