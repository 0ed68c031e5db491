using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Messages;

/// <summary>Decides when a message is sent, and whether once more.</summary>
public static class MessageRules
{
    private const string Retry = "retry";

    /// <summary>Takes a message on.</summary>
    public static Decision Decide(MessageState message, QueueMessage queue, Facts facts)
    {
        _ = facts;
        return string.IsNullOrWhiteSpace(queue.To) || queue.To.Length > Limits.NameLength
                || queue.Fields?.Count > Limits.MessageFields
                ? Refuse(MessageRefusal.InvalidMessage)
            : message.Status != MessageStatus.None ? Refuse(MessageRefusal.MessageExists)
            : Accept(new MessageQueued(
                queue.PersonKey, queue.Template, queue.Language, queue.To, queue.Fields, queue.Until));
    }

    /// <summary>Lets one attempt begin.</summary>
    public static Decision Decide(MessageState message, ClaimMessage claim, Facts facts) =>
        message.Status == MessageStatus.None ? RefuseUnkept(MessageRefusal.NotFound)
        : message.Status != MessageStatus.Waiting || claim.Attempt != message.Attempts + 1
            ? Refuse(MessageRefusal.MessageNotDue)
        : message.Until <= facts.Now ? Accept(new MessageFailed(message.Attempts, "over"))
        : Accept(new MessageClaimed(claim.Attempt));

    /// <summary>Takes note of what became of it.</summary>
    public static Decision Decide(MessageState message, ReportMessage report, Facts facts)
    {
        if (message.Status == MessageStatus.None)
        {
            return RefuseUnkept(MessageRefusal.NotFound);
        }

        if (message.Status != MessageStatus.Claimed || report.Attempt != message.Attempts)
        {
            return Refuse(MessageRefusal.MessageNotDue);
        }

        var next = facts.Now + Pause(report.Attempt);
        var canWait = report.Attempt < Limits.MessageAttempts && next < message.Until;
        return report.Result switch
        {
            MessageResult.Sent => Accept(new MessageSent(report.Attempt)),
            MessageResult.Unknown => Accept(new MessageLost(report.Attempt, report.Code)),
            MessageResult.NotNow when canWait => Accept(new MessageDelayed(report.Attempt, next, report.Code))
                .Reminding(Retry, next, new RetryMessage(report.MessageId, report.Attempt)),
            _ => Accept(new MessageFailed(report.Attempt, report.Code)),
        };
    }

    /// <summary>Lets a delayed message go again.</summary>
    public static Decision Decide(MessageState message, RetryMessage retry, Facts facts)
    {
        _ = facts;
        return message.Status == MessageStatus.Delayed && message.Attempts == retry.Attempt
            ? Accept(new MessageDue(message.Attempts))
            : Accept();
    }

    /// <summary>Lets a message go again because somebody wants it to.</summary>
    public static Decision Decide(MessageState message, ResendMessage resend, Facts facts)
    {
        _ = resend;
        return message.Status == MessageStatus.None ? RefuseUnkept(MessageRefusal.NotFound)
            : message.Status is not (MessageStatus.Failed or MessageStatus.Unknown or MessageStatus.Delayed)
                ? Refuse(MessageRefusal.MessageNotDue)
            : message.Until <= facts.Now ? Refuse(MessageRefusal.MessageOver)
            : Accept(new MessageDue(message.Attempts)).Forgetting(Retry);
    }

    // 10 s, 30 s, 1.5 min, and so on, three times as long each time, up to an hour.
    private static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(Math.Min(3_600, 10 * Math.Pow(3, attempt - 1)));
}
