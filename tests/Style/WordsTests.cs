using System.Diagnostics;
using SmartClub.Setup;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Style;

/// <summary>Sentences at the terminal, in the language of the environment.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("fr_CD.UTF-8", null, null, true)]
    [InlineData("", "fr", "en_GB.UTF-8", true)]
    [InlineData(null, null, "fr_FR", true)]
    [InlineData("C.UTF-8", "fr", "fr", false)]
    [InlineData(null, "en_GB", "fr", false)]
    [InlineData(null, null, null, false)]
    public void Language_FollowsTheEnvironment_InTheUsualOrder(
        string? all, string? messages, string? lang, bool french)
    {
        var said = Words.AsWished(
            $"The setting {"X"} is missing.", name => name == "LC_ALL" ? all : name == "LANG" ? lang : messages);

        Assert.Equal(french ? "Il manque le réglage X." : "The setting X is missing.", said);
    }

    [Fact]
    public void SentenceInsideASentence_IsTranslatedToo()
    {
        FormattableString kind = $"file of keys";

        Assert.Equal(
            "Ce n’est pas un fichier de clés de SmartClub.",
            Words.AsWished($"This is not a {kind} of SmartClub.", _ => "fr"));
        Assert.Equal(
            "This is not a file of keys of SmartClub.",
            Words.AsWished($"This is not a {kind} of SmartClub.", _ => "C"));
    }

    [Fact]
    public void Logs_StayEnglish() => Assert.Equal(
        "The setting X is missing.", new RefusesToRunException($"The setting {"X"} is missing.").Message);

    [Theory]
    [InlineData("SmartClub.Silo.dll", "verify", "Il manque le réglage SMARTCLUB_DB.")]
    [InlineData("SmartClub.Devices.dll", "check --speed 1", "L’option --speed n’existe pas ici")]
    public async Task Programs_SpeakFrench(string program, string words, string french)
    {
        var command = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. words.Split(' ')])
        {
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "fr_FR.UTF-8", ["SMARTCLUB_DB"] = null },
        };
        using var process = Process.Start(command)!;

        var said = process.StandardError.ReadToEndAsync();
        await process.Ends();
        Assert.StartsWith(french, await said, StringComparison.Ordinal);
        Assert.NotEqual(0, process.ExitCode);
    }
}
