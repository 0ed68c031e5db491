using System.Net;
using SmartClub.Grains.Messages;
using SmartClub.Silo.Gateway;

namespace SmartClub.Silo.Reactions;

/// <summary>What a mail says: a greeting, some paragraphs, a large line to copy, a button.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Paragraphs">What it says.</param>
/// <param name="Code">A line to be copied, large; null: none.</param>
/// <param name="Button">The words on the button; null: none.</param>
/// <param name="Link">Where the button leads.</param>
/// <param name="Close">The last lines, small.</param>
public sealed record MailWords(
    string Subject, IReadOnlyList<string> Paragraphs, string? Code, string? Button, string? Link,
    IReadOnlyList<string> Close);

/// <summary>Puts messages into words, in the language of who gets them.</summary>
public sealed class MailWriter(SiloSettings settings, IEnumerable<IMailTemplate> templates)
{
    private readonly Dictionary<string, IMailTemplate> byName = templates.ToDictionary(t => t.Name);

    /// <summary>The mail of a message; null once its person was erased.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template, or a field is missing.</exception>
    public Mail? Write(MessageId id, MessageQueued queued)
    {
        if (queued.To is null || queued.Fields is null)
        {
            return null;
        }

        var fields = queued.Fields.ToDictionary(f => f.Name, f => f.Value);
        var language = Texts.Languages.Contains(queued.Language) ? queued.Language : Texts.Languages.First();
        var club = settings.ClubName ?? "SmartClub";
        var words = byName[queued.Template].Write(language, club, settings.LinkBase, fields);
        return new Mail(id, queued.To, words.Subject, Plain(words, club), Html(words, club, language), language)
        {
            Template = queued.Template,
        };
    }

    private static string Plain(MailWords words, string club)
    {
        var lines = new List<string>();
        foreach (var paragraph in words.Paragraphs)
        {
            lines.AddRange([paragraph, ""]);
        }

        if (words.Code is not null)
        {
            lines.AddRange(["    " + words.Code, ""]);
        }

        if (words.Link is not null)
        {
            lines.AddRange([words.Button!, words.Link, ""]);
        }

        foreach (var line in words.Close)
        {
            lines.AddRange([line, ""]);
        }

        lines.Add(club);
        return string.Join("\r\n", lines);
    }

    // Tables and styles in the tags are what mail programs understand; nothing is fetched from anywhere.
    private static string Html(MailWords words, string club, string language)
    {
        const string text = "margin:0 0 16px;font-size:16px;line-height:24px;color:#13171e";
        const string small = "margin:0 0 8px;font-size:13px;line-height:18px;color:#4b525b";
        const string code = "margin:0 0 24px;font-size:34px;line-height:44px;font-weight:700;letter-spacing:6px;"
            + "color:#13171e";
        const string button = "display:inline-block;padding:14px 24px;border-radius:10px;background:#2138cf;"
            + "color:#ffffff;font-size:16px;font-weight:600;text-decoration:none";
        var body = string.Concat(words.Paragraphs.Select(p => $"<p style=\"{text}\">{Safe(p)}</p>"))
            + (words.Code is null ? "" : $"<p style=\"{code}\">{Safe(words.Code)}</p>")
            + (words.Link is null
                ? ""
                : $"<p style=\"margin:0 0 24px\"><a href=\"{Safe(words.Link)}\" style=\"{button}\">"
                    + $"{Safe(words.Button!)}</a></p>")
            + string.Concat(words.Close.Select(c => $"<p style=\"{small}\">{Safe(c)}</p>"));
        return $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\">"
            + $"<title>{Safe(words.Subject)}</title></head>"
            + "<body style=\"margin:0;background:#f7f7f4;font-family:Inter,system-ui,Helvetica,Arial,sans-serif\">"
            + "<table role=\"presentation\" width=\"100%\"><tr><td align=\"center\" style=\"padding:24px 16px\">"
            + "<table role=\"presentation\" width=\"100%\" style=\"max-width:480px;background:#ffffff;"
            + "border:1px solid #e3e3de;border-radius:14px\"><tr><td style=\"padding:32px 28px 20px\">"
            + $"<p style=\"margin:0 0 20px;font-size:19px;font-weight:700;color:#13171e\">{Safe(club)}</p>{body}"
            + "</td></tr></table></td></tr></table></body></html>";
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>The words of one kind of mail.</summary>
public interface IMailTemplate
{
    /// <summary>The stable name that messages carry.</summary>
    string Name { get; }

    /// <summary>The words.</summary>
    MailWords Write(string language, string club, string linkBase, IReadOnlyDictionary<string, string> fields);
}
