using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Reactions;

/// <summary>The mail with the link by which somebody of the staff chooses a password.</summary>
public sealed class InvitationMail(ClubKeys keys) : IMailTemplate
{
    /// <inheritdoc/>
    public string Name => StaffRules.InvitationTemplate;

    /// <inheritdoc/>
    public MailWords Write(
        string language, string club, string linkBase, IReadOnlyDictionary<string, string> fields)
    {
        var staff = StaffId.Parse(fields[StaffRules.StaffField], null);
        var intent = new CommandId(Guid.Parse(fields[StaffRules.IntentField]));
        string Word(string key, params ReadOnlySpan<(string, string)> values) =>
            Texts.Get(language, "mail.staff_invitation." + key, values);
        return new MailWords(
            Word("subject", ("club", club)),
            [Word("hello", ("name", fields["name"])), Word("what", ("club", club))],
            null,
            Word("button"),
            $"{linkBase}/invitation#{InvitationTokens.Of(keys, staff, intent)}",
            [Word("until"), Word("not_you")]);
    }
}
