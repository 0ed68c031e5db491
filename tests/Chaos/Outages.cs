using System.Diagnostics;
using SmartClub.Tests.Faults;

namespace SmartClub.Tests.Chaos;

/// <summary>For how long nobody was answered, storm by storm.</summary>
internal sealed class Outages
{
    private readonly Lock gate = new();
    private readonly List<long> answers = [];
    private readonly List<(Storm Storm, TimeSpan Without)> noted = [];

    public IReadOnlyList<(Storm Storm, TimeSpan Without)> Noted => noted;

    /// <summary>Hears of an answer.</summary>
    public void Hear(Call call)
    {
        lock (gate)
        {
            answers.Add(call.Ended);
        }
    }

    /// <summary>The longest time without an answer since a storm began, which has just ended.</summary>
    public TimeSpan Note(Storm storm, long began)
    {
        lock (gate)
        {
            var longest = TimeSpan.Zero;
            var last = began;
            foreach (var at in answers.Where(a => a >= began).Append(Stopwatch.GetTimestamp()))
            {
                var gap = Stopwatch.GetElapsedTime(last, at);
                longest = gap > longest ? gap : longest;
                last = at;
            }

            answers.Clear();
            noted.Add((storm, longest));
            return longest;
        }
    }
}
