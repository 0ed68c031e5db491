using SmartClub.Grains.Messages;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Messages;

/// <summary>When a mail is sent, and that no attempt happens twice.</summary>
public sealed class MessageRulesTests
{
    private static readonly MessageId Id = Town.Id<MessageTag>("mail");
    private readonly Given<MessageState> message = new(MessagesModule.Module.Grains[0]);

    [Fact]
    public void Commands_AreRefused_WhereThereIsNoMessage()
    {
        message.When(new ClaimMessage(Id, 1)).IsRefused(MessageRefusal.NotFound);
        message.When(Report(1, MessageResult.Sent)).IsRefused(MessageRefusal.NotFound);
        message.When(new ResendMessage(Id)).IsRefused(MessageRefusal.NotFound);
    }

    [Fact]
    public void Message_IsRefused_WithoutAnAddress() =>
        message.When(Queue() with { To = " " }).IsRefused(MessageRefusal.InvalidMessage);

    [Fact]
    public void Message_IsTakenOnOnce()
    {
        message.When(Queue()).Tells<MessageQueued>();
        message.When(Queue()).IsRefused(MessageRefusal.MessageExists);
    }

    [Fact]
    public void Attempt_IsClaimedOnce()
    {
        message.When(Queue());
        message.When(new ClaimMessage(Id, 2)).IsRefused(MessageRefusal.MessageNotDue);
        message.When(new ClaimMessage(Id, 1)).Tells<MessageClaimed>();
        message.When(new ClaimMessage(Id, 1)).IsRefused(MessageRefusal.MessageNotDue);
        message.When(new ClaimMessage(Id, 2)).IsRefused(MessageRefusal.MessageNotDue);
    }

    [Fact]
    public void Attempt_IsGivenUp_WhenTheMessageIsOfNoUseAnyMore()
    {
        message.When(Queue());
        message.Now += TimeSpan.FromHours(5);
        message.When(new ClaimMessage(Id, 1)).Tells<MessageFailed>();
        message.When(new ResendMessage(Id)).IsRefused(MessageRefusal.MessageOver);
    }

    [Fact]
    public void SentMessage_IsNeverSentAgain()
    {
        Claim();
        message.When(Report(1, MessageResult.Sent)).Tells<MessageSent>();
        message.When(Report(1, MessageResult.NotNow)).IsRefused(MessageRefusal.MessageNotDue);
        message.When(new ClaimMessage(Id, 2)).IsRefused(MessageRefusal.MessageNotDue);
        message.When(new ResendMessage(Id)).IsRefused(MessageRefusal.MessageNotDue);
        message.When(new RetryMessage(Id, 1)).TellsNothing();
    }

    [Fact]
    public void DelayedMessage_WaitsLongerEachTime_AndIsGivenUp()
    {
        message.When(Queue() with { Until = message.Now.AddDays(30) });
        var waits = new List<double>();
        for (var attempt = 1; attempt < Limits.MessageAttempts; attempt++)
        {
            message.When(new ClaimMessage(Id, attempt)).Tells<MessageClaimed>();
            var delayed = message.When(Report(attempt, MessageResult.NotNow));
            var reminder = Assert.Single(delayed.Reminders);
            Assert.Equal(delayed.Tells<MessageDelayed>().Next, reminder.Due);
            waits.Add((reminder.Due - message.Now).TotalSeconds);
            message.Now = reminder.Due;
            message.When(reminder.Command).Tells<MessageDue>();
        }

        Assert.Equal([10, 30, 90, 270, 810, 2_430, 3_600], waits);
        message.When(new ClaimMessage(Id, Limits.MessageAttempts)).Tells<MessageClaimed>();
        message.When(Report(Limits.MessageAttempts, MessageResult.NotNow)).Tells<MessageFailed>();
    }

    [Fact]
    public void DelayedMessage_IsGivenUp_WhenItsTimeEndsBeforeTheNextAttempt()
    {
        message.When(Queue() with { Until = message.Now.AddSeconds(5) });
        message.When(new ClaimMessage(Id, 1)).Tells<MessageClaimed>();
        message.When(Report(1, MessageResult.NotNow)).Tells<MessageFailed>();
    }

    [Theory]
    [InlineData(MessageResult.Unknown)]
    [InlineData(MessageResult.Never)]
    public void MessageThatIsStuck_GoesAgain_OnlyWhenSomebodyWantsIt(MessageResult result)
    {
        Claim();
        var stuck = message.When(Report(1, result));
        Assert.Empty(stuck.Reminders);
        message.When(new ClaimMessage(Id, 2)).IsRefused(MessageRefusal.MessageNotDue);
        message.When(new ResendMessage(Id)).Tells<MessageDue>();
        message.When(new ClaimMessage(Id, 2)).Tells<MessageClaimed>();
    }

    private static ReportMessage Report(int attempt, MessageResult result) => new(Id, attempt, result, "code");

    private QueueMessage Queue() => new(
        Id, Id.Value, "sign_in", "fr", "ruth@example.org", [new MessageField("name", "Ruth")],
        message.Now.AddHours(4));

    private void Claim()
    {
        message.When(Queue());
        message.When(new ClaimMessage(Id, 1)).Tells<MessageClaimed>();
    }
}
