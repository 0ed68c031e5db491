using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Reactions;

/// <summary>Where the mail server is and how to speak to it.</summary>
public sealed record SmtpServer(string Host, int Port, string? User, string? Password, string From, bool IsSecure)
{
    private const int Submission = 587;
    private const string Example = "smtp://user:password@host:587?from=club@example.org";

    /// <summary>
    /// Reads <c>smtp://user:password@host:port?from=address</c>. The connection is encrypted (STARTTLS) unless it ends
    /// in <c>&amp;tls=off</c>, which only a server on this machine may have.
    /// </summary>
    /// <exception cref="RefusesToRunException">It is no such address. The message holds no secret.</exception>
    public static SmtpServer Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "smtp" || uri.Host.Length == 0)
        {
            throw new RefusesToRunException(
                $"The mail server’s address must look like {Example}.");
        }

        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query);
        var from = query.GetValueOrDefault("from").ToString();
        var isSecure = query.GetValueOrDefault("tls").ToString() != "off";
        if (!MailAddress.TryCreate(from, out _))
        {
            throw new RefusesToRunException(
                $"The mail server’s address lacks from=, the e-mail address of the club.");
        }

        if (!isSecure && !uri.IsLoopback)
        {
            throw new RefusesToRunException(
                $"Without encryption (tls=off) the mail server must be on this machine.");
        }

        var login = uri.UserInfo.Split(':', 2);
        return new SmtpServer(
            uri.Host, uri.Port > 0 ? uri.Port : Submission,
            login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null, from, isSecure);
    }
}

/// <summary>Sends mails through a mail server.</summary>
public sealed class SmtpMailer(SmtpServer server, SiloSettings settings, ILogger<SmtpMailer> log) : IMailer
{
    /// <inheritdoc/>
    public bool IsSimulator => false;

    /// <inheritdoc/>
    public async Task<MailOutcome> Send(Mail mail, CancellationToken cancel)
    {
        if (!MailAddress.TryCreate(mail.To, out var to))
        {
            return new MailOutcome(MessageResult.Never, "bad_address");
        }

        using var message = Compose(mail, to);
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.IsSecure };
        if (server.User is not null)
        {
            client.Credentials = new NetworkCredential(server.User, server.Password);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limits.MailWait);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return new MailOutcome(MessageResult.Sent, null);
        }
        catch (Exception failed) when (
            failed is SmtpException or OperationCanceledException or InvalidOperationException)
        {
            var outcome = Outcome(failed);
            log.LogWarning("Message {Message} did not go out: {Code}.", mail.Id, outcome.Code);
            return outcome;
        }
    }

    /// <summary>
    /// What a failure means. A server that answered "no" has not taken the mail, nor has one that was never reached.
    /// All else may have happened after the mail was handed over, and only the server knows.
    /// </summary>
    internal static MailOutcome Outcome(Exception failed) => failed switch
    {
        SmtpException { InnerException: SocketException { SocketErrorCode: var socket } }
            when socket is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
                or SocketError.NetworkUnreachable or SocketError.TryAgain =>
            new MailOutcome(MessageResult.NotNow, "server_unreachable"),
        SmtpException { StatusCode: var status } when (int)status is >= 500 and < 600 =>
            new MailOutcome(MessageResult.Never, $"refused_{(int)status}"),
        SmtpException { StatusCode: var status } when (int)status is >= 400 and < 500 =>
            new MailOutcome(MessageResult.NotNow, $"deferred_{(int)status}"),
        SmtpException { InnerException: System.Security.Authentication.AuthenticationException } =>
            new MailOutcome(MessageResult.NotNow, "certificate_not_trusted"),
        OperationCanceledException => new MailOutcome(MessageResult.Unknown, "no_answer"),
        _ => new MailOutcome(MessageResult.Unknown, "connection_lost"),
    };

    private MailMessage Compose(Mail mail, MailAddress to)
    {
        var message = new MailMessage(new MailAddress(server.From, settings.ClubName ?? "SmartClub"), to)
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.AlternateViews.Add(
            AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        // The same on every attempt, so that whoever gets it twice can be shown it once.
        message.Headers.Add("Message-ID", $"<{mail.Id}@{new MailAddress(server.From).Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", mail.Language);
        return message;
    }
}
