using System.Text.RegularExpressions;
using SmartClub.Grains;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Gateway;

public sealed partial class TextsTests
{
    private static readonly string[] ProblemsOfTheGateway =
    [
        "not_signed_in", "forbidden", "antiforgery_failed", "invalid_credentials", "invalid_code",
        "second_factor_required", "too_many_attempts", "invalid_request", "invalid_idempotency_key",
        "invalid_position", "request_too_large",
        "unsupported_media_type", "method_not_allowed", "not_found", "internal_error", "not_active", "standby",
        "journal_late", "journal_full", "journal_unavailable", "outcome_open", "view_behind", "backup_missing",
        "backup_failed", "backup_overdue", "unknown_device",
        "bad_signature", "clock_skew", "replayed", "command_id_reused",
    ];

    public static TheoryData<string> Codes()
    {
        var refusals = Modules.All.SelectMany(m => m.Refusals).SelectMany(Enum.GetNames).Select(Refusal.Snake);
        return [.. ProblemsOfTheGateway.Concat(refusals).Distinct().Order(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Problem_HasWords_ForEveryCode(string code) => Assert.True(Texts.Has("problem." + code));

    [Fact]
    public void Door_HasWords_ForEveryReason() => Assert.All(
        Enum.GetNames<AccessReason>().Select(Refusal.Snake),
        reason =>
        {
            Assert.True(Texts.Has("door." + reason), reason);
            Assert.True(Texts.Has("reason." + reason), reason);
        });

    [Fact]
    public void Credential_HasWords_ForEveryKind() => Assert.All(
        Enum.GetNames<CredentialKind>().Select(Refusal.Snake), kind => Assert.True(Texts.Has("kind." + kind), kind));

    [Fact]
    public void Timeline_HasWords_ForEveryType() =>
        Assert.All(MemberTimeline.Types, type => Assert.True(Texts.Has("timeline." + type), type));

    [Fact]
    public void Languages_HaveTheSameKeysAndPlaceholders()
    {
        var french = Texts.Of("fr");
        var english = Texts.Of("en");

        Assert.Equal(french.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(french, text => Assert.Equal(Placeholders(text.Value), Placeholders(english[text.Key])));
    }

    [Fact]
    public void French_HasItsSpacesAndApostrophes() => Assert.All(Texts.Of("fr"), text =>
    {
        Assert.DoesNotMatch(PlainSpaceBeforeMark(), text.Value);
        Assert.DoesNotContain("'", text.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("...", text.Value, StringComparison.Ordinal);
    });

    [Fact]
    public void English_HasNoFrenchSpaces() => Assert.All(Texts.Of("en"), text =>
    {
        Assert.DoesNotMatch(FrenchSpace(), text.Value);
        Assert.DoesNotContain("'", text.Value, StringComparison.Ordinal);
    });

    [Fact]
    public void Door_SaysNothingOfMoneyOrDiscipline() => Assert.All(Texts.Languages, language => Assert.All(
        Texts.Of(language).Where(t => t.Key.StartsWith("door.", StringComparison.Ordinal)),
        text => Assert.DoesNotMatch(Private(), text.Value)));

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<![\u00a0]):|(?<![\u202f\u00a0])[;!?]|« | »| [$€%]|\d \d")]
    private static partial Regex PlainSpaceBeforeMark();

    [GeneratedRegex(@"[\u00a0\u202f]")]
    private static partial Regex FrenchSpace();

    [GeneratedRegex(@"\$|€|payé|payer|paiement|doit|\bowe|paid|payment|suspen|m[ée]dic", RegexOptions.IgnoreCase)]
    private static partial Regex Private();
}
