using System.Globalization;
using SmartClub.Tests.Faults;

namespace SmartClub.Tests.Chaos;

/// <summary>What came of a campaign.</summary>
internal sealed record Report(
    int Seed, int Kills, int Requests, Judgement Judgement, Outages Outages, IReadOnlyList<string> Faults)
{
    public bool IsGood => Faults.Count == 0;

    /// <summary>As a table for people; faults at the end.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "";
        yield return $"{"fault",-22} {"times",6} {"alone",6} {"s without an answer when alone: p50",36} {"max",6}";
        var storms = Outages.Noted;
        foreach (var kind in storms.SelectMany(s => s.Storm.Faults).GroupBy(f => f.Name).OrderBy(g => g.Key))
        {
            var alone = storms.Where(s => s.Storm.Faults is [var only] && only.Name == kind.Key).ToList();
            yield return Line(kind.Key, kind.Count(), alone.ConvertAll(s => s.Without));
        }

        var together = storms.Where(s => s.Storm.Faults.Count > 1).Select(s => s.Without).ToList();
        yield return Line("two or three at once", together.Count, together);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"seed {Seed}: {storms.Count} storms, {Kills} kills; {Requests:N0} requests for {Judgement.Commands:N0} "
            + $"commands ({Judgement.Repeats:N0} repeats), {Judgement.Answers:N0} answers compared with "
            + $"{Judgement.Rows:N0} rows, {Judgement.Sends:N0} sends");
        foreach (var fault in Faults.Take(50))
        {
            yield return "FAULT: " + fault;
        }

        yield return IsGood
            ? "Nothing was lost, nothing doubled, no answer contradicts the journal."
            : $"{Faults.Count} faults. Replay: ./smartclub chaos --seed {Seed}";
    }

    private static string Line(string name, int times, List<TimeSpan> without)
    {
        without.Sort();
        var (p50, max) = without.Count == 0 ? ("-", "-") : (Seconds(without[without.Count / 2]), Seconds(without[^1]));
        return string.Create(
            CultureInfo.InvariantCulture, $"{name,-22} {times,6} {without.Count,6} {p50,36} {max,6}");
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture);
}
