using System.Globalization;

namespace SmartClub.Tests.Support;

/// <summary>The time of day that a test wants, running on as fast as the real one: timers are not faked.</summary>
internal sealed class ShiftedTime(DateTimeOffset? start = null) : TimeProvider
{
    private static readonly TimeSpan Kinshasa = TimeSpan.FromHours(1);
    private long shift = start is { } from ? (from - System.GetUtcNow()).Ticks : 0;

    /// <summary>Goes on to a moment; never back, because a journal's times never go back.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        var ticks = (moment - base.GetUtcNow()).Ticks;
        Interlocked.Exchange(ref shift, Math.Max(ticks, Interlocked.Read(ref shift)));
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref shift));

    /// <summary>A day as the API writes it, so many days from today in Kinshasa, where the tests' clubs are.</summary>
    public string Day(int fromToday = 0) => GetUtcNow().ToOffset(Kinshasa).AddDays(fromToday)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
