using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Gateway;

public sealed class DisplayDatesTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData("fr", "2026-12-01", "1er décembre")]
    [InlineData("fr", "2026-08-15", "15 août")]
    [InlineData("en", "2026-12-01", "1 December")]
    public void Day_IsInFull_WithoutItsYear(string language, string day, string expected) =>
        Assert.Equal(expected, DisplayDates.Day(language, DateOnly.Parse(day, null)));

    [Theory]
    [InlineData("fr", "2026-11-21", "21 nov.")]
    [InlineData("fr", "2025-11-01", "1er nov. 2025")]
    [InlineData("en", "2026-11-21", "21 Nov")]
    [InlineData("en", "2027-02-03", "3 Feb 2027")]
    public void ShortDay_TellsTheYear_WhenItIsAnotherOne(string language, string day, string expected) =>
        Assert.Equal(expected, DisplayDates.ShortDay(language, DateOnly.Parse(day, null), Today));

    [Theory]
    [InlineData("fr", "18:05", "18\u00a0h\u00a005")]
    [InlineData("fr", "06:00", "6\u00a0h")]
    [InlineData("en", "18:05", "18:05")]
    [InlineData("en", "06:00", "06:00")]
    public void Time_IsAsPeopleWriteIt(string language, string time, string expected) =>
        Assert.Equal(expected, DisplayDates.Time(language, TimeOnly.Parse(time, null)));

    [Theory]
    [InlineData("fr", "09:00-18:00", "de 9\u00a0h à 18\u00a0h")]
    [InlineData("fr", "09:00-12:30, 14:00-00:00", "de 9\u00a0h à 12\u00a0h\u00a030 et de 14\u00a0h à 24\u00a0h")]
    [InlineData("en", "09:00-18:00", "from 09:00 to 18:00")]
    [InlineData("fr", "", "un autre jour")]
    [InlineData("en", null, "on another day")]
    public void Hours_AreInWords(string language, string? windows, string expected) =>
        Assert.Equal(expected, DisplayDates.Hours(language, windows));
}
