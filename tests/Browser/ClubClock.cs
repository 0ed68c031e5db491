namespace SmartClub.Tests.Browser;

/// <summary>The hour that the story wants, running on as fast as the real one: timers are not faked.</summary>
internal sealed class ClubClock(DateTimeOffset start) : TimeProvider
{
    private long shift = (start - System.GetUtcNow()).Ticks;

    /// <summary>Goes on to a moment; never back, because a journal's times never go back.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        var ticks = (moment - base.GetUtcNow()).Ticks;
        Interlocked.Exchange(ref shift, Math.Max(ticks, Interlocked.Read(ref shift)));
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref shift));
}
