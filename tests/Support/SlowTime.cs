namespace SmartClub.Tests.Support;

/// <summary>
/// The real time, slowed down: a busy machine must not end a lease in a test that is about something else.
/// </summary>
internal sealed class SlowTime(int factor) : TimeProvider
{
    public override long TimestampFrequency => base.TimestampFrequency * factor;
}
