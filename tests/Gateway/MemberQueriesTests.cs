using SmartClub.Silo.Views.Queries;

namespace SmartClub.Tests.Gateway;

public sealed class MemberQueriesTests
{
    [Theory]
    [InlineData("100%", @"100\%")]
    [InlineData("a_b", @"a\_b")]
    [InlineData(@"c:\d", @"c:\\d")]
    [InlineData("'; drop table", "'; drop table")]
    public void Escape_LeavesAPatternThatMatchesOnlyItself(string text, string expected) =>
        Assert.Equal(expected, MemberQueries.Escape(text));

    [Fact]
    public void Patterns_AreTheFoldedWords() =>
        Assert.Equal(["grace", "kapinga", @"50\%"], MemberQueries.Patterns("  Grâce KAPINGA\t50% "));

    [Fact]
    public void Patterns_AreFew_HoweverLongTheQuery() =>
        Assert.Equal(10, MemberQueries.Patterns(string.Join(' ', Enumerable.Range(0, 100))).Count);
}
