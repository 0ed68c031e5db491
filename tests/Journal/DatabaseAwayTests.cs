using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Journal;

public sealed class DatabaseAwayTests
{
    [Theory]
    [InlineData("57P01", true)] // The administrator stops the server.
    [InlineData("57P02", true)] // It crashed.
    [InlineData("57P03", true)] // It starts.
    [InlineData("53300", true)] // It has no connection left.
    [InlineData("40001", true)] // It asks to try again.
    [InlineData("57014", true)] // A query was cancelled, though its caller did not.
    [InlineData("23505", false)] // A row exists.
    [InlineData("42P01", false)] // A table is missing.
    public void Server_IsAway_WhenItWillBeBackByItself(string state, bool expected) =>
        Assert.Equal(expected, DatabaseAway.Is(new PostgresException("said", "ERROR", "ERROR", state)));

    [Fact]
    public void Line_IsAway_AndABugIsNot()
    {
        Assert.True(DatabaseAway.Is(new NpgsqlException("cut", new IOException())));
        Assert.False(DatabaseAway.Is(new InvalidOperationException("a bug")));
        Assert.False(DatabaseAway.Is(new IOException("another file")));
    }
}
