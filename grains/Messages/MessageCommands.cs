using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Messages.Commands;

/// <summary>One value of a message's text, by the name of its place.</summary>
public sealed record MessageField(string Name, string Value);

/// <summary>
/// Wants a mail to be sent, once. Its words come from a template when it is sent; what must never be stored, such as a
/// code, is no field but derived then.
/// </summary>
/// <param name="MessageId">The message.</param>
/// <param name="PersonKey">To whom its personal fields belong.</param>
/// <param name="Template">The stable name of the template.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="To">The address.</param>
/// <param name="Fields">What the template needs.</param>
/// <param name="Until">After this it would be of no use any more.</param>
[Internal]
public sealed record QueueMessage(
    MessageId MessageId,
    Guid PersonKey,
    string Template,
    string Language,
    [property: Personal] string? To,
    [property: Personal] IReadOnlyList<MessageField>? Fields,
    DateTimeOffset Until) : ICommand<Done>, IAboutPerson
{
    GrainId ICommand.Target => MessageId.Grain;
}

/// <summary>
/// The outbox is about to send: whoever claims an attempt first may, and nobody else ever. A silo that dies behind its
/// claim leaves a message of which nobody knows.
/// </summary>
[Internal]
public sealed record ClaimMessage(MessageId MessageId, int Attempt) : ICommand<Done>
{
    GrainId ICommand.Target => MessageId.Grain;
}

/// <summary>What became of an attempt.</summary>
[JsonConverter(typeof(SnakeEnumConverter<MessageResult>))]
public enum MessageResult
{
    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>It was surely not taken, and may be the next time.</summary>
    NotNow,

    /// <summary>It was surely not taken, and never will be.</summary>
    Never,

    /// <summary>Nobody knows whether it was taken. It is not repeated blindly.</summary>
    Unknown,
}

/// <summary>The outbox tells what became of an attempt.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Code">Why, as a stable code without anything personal.</param>
[Internal]
public sealed record ReportMessage(MessageId MessageId, int Attempt, MessageResult Result, string? Code)
    : ICommand<Done>
{
    GrainId ICommand.Target => MessageId.Grain;
}

/// <summary>The wait before another attempt is over.</summary>
[Internal]
public sealed record RetryMessage(MessageId MessageId, int Attempt) : ICommand<Done>
{
    GrainId ICommand.Target => MessageId.Grain;
}

/// <summary>Sends a message once more that did not get through, or of which nobody knows.</summary>
[Needs(Rights.Outbox)]
public sealed record ResendMessage(MessageId MessageId) : ICommand<Done>
{
    GrainId ICommand.Target => MessageId.Grain;
}

/// <summary>Why a command about a message is refused, in order of precedence.</summary>
public enum MessageRefusal
{
    /// <summary>There is no such message.</summary>
    NotFound,

    /// <summary>A field is missing, or there are too many.</summary>
    InvalidMessage,

    /// <summary>There is such a message already.</summary>
    MessageExists,

    /// <summary>The attempt is not the next one: it was claimed, or the message is on its way.</summary>
    MessageNotDue,

    /// <summary>What it says is true no more.</summary>
    MessageOver,
}
