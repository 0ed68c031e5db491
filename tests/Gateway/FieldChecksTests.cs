using Microsoft.AspNetCore.Http;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Requests;

namespace SmartClub.Tests.Gateway;

public sealed class FieldChecksTests
{
    private readonly FieldChecks fields = new(new DefaultHttpContext().Request);

    [Fact]
    public void Checks_CollectAllThatIsWrong_InTheirOrder()
    {
        fields.Name("name", null);
        fields.Id<SiteTag>("siteId", "ste_1");
        fields.Number("forgivenessMinutes", -1, 0, 10);
        fields.Required<bool>("paid", null);
        fields.Text("reason", new string('x', 11), 10);

        Assert.Equal(
            [
                ("name", "required"), ("siteId", "invalid"), ("forgivenessMinutes", "out_of_range"),
                ("paid", "required"), ("reason", "too_long"),
            ],
            fields.Errors.Select(e => (e.Field, e.Code)));
        Assert.All(fields.Errors, error => Assert.NotEmpty(error.Detail));
    }

    [Fact]
    public async Task Then_GoesOn_OnlyWhenNothingIsWrong()
    {
        var asked = false;
        Task<IResult> Next()
        {
            asked = true;
            return Task.FromResult(Results.Empty);
        }

        fields.Name("name", "Gombe");
        await fields.Then(Next);
        Assert.True(asked);

        asked = false;
        fields.Name("name", " ");
        await fields.Then(Next);
        Assert.False(asked);
    }

    // One test, not a theory: lone surrogates would not survive as test data.
    [Fact]
    public void Name_IsNotClean_WhenItCannotBeKeptOrShown()
    {
        string[] names = ["a\0", "a\ud800", "\udc00b", "a\nb", "a\ufffeb"];
        foreach (var name in names)
        {
            fields.Name("name", name);
        }

        Assert.Equal(names.Select(_ => "not_clean"), fields.Errors.Select(e => e.Code));
    }

    [Fact]
    public void Fold_TakesNoNoncharacter_SoChecksMustRefuseIt() =>
        Assert.Throws<ArgumentException>(() => MemberView.Fold("a\ufffeb"));

    [Fact]
    public void Name_LosesTheSpaceAroundIt() => Assert.Equal("Marie-Thérèse", fields.Name("name", "  Marie-Thérèse "));

    [Fact]
    public void Text_KeepsItsSpaceAndLines()
    {
        Assert.Equal(" a\nb ", fields.Text("reason", " a\nb ", 10));
        Assert.Empty(fields.Errors);
    }

    [Theory]
    [InlineData("in", GateDirection.In)]
    [InlineData("both", GateDirection.Both)]
    public void OneOf_KnowsTheWords(string word, GateDirection expected)
    {
        Assert.Equal(expected, fields.OneOf<GateDirection>("direction", word));
        Assert.Empty(fields.Errors);
    }

    [Theory]
    [InlineData("In")]
    [InlineData("0")]
    [InlineData("in, out")]
    public void OneOf_RefusesOtherSpellings(string word)
    {
        fields.OneOf<GateDirection>("direction", word);

        Assert.Equal("invalid", Assert.Single(fields.Errors).Code);
    }

    [Theory]
    [InlineData("2028-02-29", true)]
    [InlineData("2027-02-29", false)]
    [InlineData("1.12.2026", false)]
    [InlineData("2026-12-01T00:00:00Z", false)]
    public void Day_IsExact(string text, bool isDay)
    {
        fields.Day("startsOn", text);

        Assert.Equal(isDay, fields.Errors.Count == 0);
    }
}
