using System.Globalization;

namespace SmartClub.Tests.Http;

/// <summary>The time of day that a test wants, running on as fast as the real one: timers are not faked.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long shift;

    /// <summary>Goes to a moment; only forward, because a journal's times never go back.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        var ticks = (moment - base.GetUtcNow()).Ticks;
        Assert.True(ticks >= Interlocked.Read(ref shift), "The clock does not go back.");
        Interlocked.Exchange(ref shift, ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref shift));

    /// <summary>A day as the API writes it, so many days from today in UTC.</summary>
    public string Day(int fromToday = 0) => GetUtcNow().AddDays(fromToday)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
