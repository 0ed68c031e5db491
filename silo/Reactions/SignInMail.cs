using SmartClub.Grains.Accounts;
using SmartClub.Silo.Gateway;

namespace SmartClub.Silo.Reactions;

/// <summary>
/// The mail to sign in with. It carries a link and a code: on some phones the link opens a browser that knows nothing
/// of the installed app, and there the code is typed in.
/// </summary>
public sealed class SignInMail(SignInSecrets secrets) : IMailTemplate
{
    /// <inheritdoc/>
    public string Name => AccountRules.SignInTemplate;

    /// <inheritdoc/>
    public MailWords Write(
        string language, string club, string linkBase, IReadOnlyDictionary<string, string> fields)
    {
        var challenge = ChallengeId.Parse(fields[AccountRules.ChallengeField], null);
        var code = secrets.Code(challenge);
        var name = fields["name"];
        string Word(string key, params ReadOnlySpan<(string, string)> values) =>
            Texts.Get(language, "mail.sign_in." + key, values);
        return new MailWords(
            Word("subject", ("code", $"{code[..3]} {code[3..]}"), ("club", club)),
            [name.Length > 0 ? Word("hello", ("name", name)) : Word("hello_nobody"), Word("code")],
            $"{code[..3]}\u00a0{code[3..]}",
            Word("button"),
            // Behind the hash, so that it reaches no server's log on the way.
            $"{linkBase}/app/sign-in#{fields[AccountRules.MemberField]}.{secrets.Link(challenge)}",
            [Word("until"), Word("not_you")]);
    }
}
