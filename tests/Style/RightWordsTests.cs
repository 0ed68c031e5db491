using System.Text.Json.Nodes;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Style;

/// <summary>Every right that can be given has a name for people.</summary>
public sealed class RightWordsTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void EveryRight_HasWords(string language)
    {
        var words = JsonNode.Parse(SourceTree.Text($"frontend/src/locales/{language}.json"))!["settings"]!["right"]!;
        Assert.Empty(
            from right in Rights.All
            where right != Rights.Account && words[right.Replace('.', '_')] is null
            select right);
    }
}
