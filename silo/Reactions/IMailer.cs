using SmartClub.Grains.Messages.Commands;

namespace SmartClub.Silo.Reactions;

/// <summary>A mail as it goes out.</summary>
/// <param name="Id">Its name, the same on every attempt.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">What it says, plain.</param>
/// <param name="Html">The same with a button.</param>
/// <param name="Language">The language of both.</param>
public sealed record Mail(MessageId Id, string To, string Subject, string Text, string Html, string Language)
{
    /// <summary>Which kind of mail it is.</summary>
    public string Template { get; init; } = "";
}

/// <summary>What became of a mail, and why, as a stable code.</summary>
public readonly record struct MailOutcome(MessageResult Result, string? Code);

/// <summary>The way out for mails: a mail server, or the folder that stands in for one.</summary>
public interface IMailer
{
    /// <summary>Whether mails only go to a folder of this machine, where staff can read them.</summary>
    bool IsSimulator { get; }

    /// <summary>Sends a mail. It never throws: what became of it is the answer.</summary>
    Task<MailOutcome> Send(Mail mail, CancellationToken cancel);
}
