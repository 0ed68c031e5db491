namespace SmartClub.Simulated.Core;

/// <summary>Chance by a seed (SplitMix64): the same on every machine and in every version of .NET.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to, not including, a bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int chances) => Below(chances) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public TimeSpan Between(TimeSpan shortest, TimeSpan longest) =>
        shortest + new TimeSpan((long)(Next() % (ulong)Math.Max(1, (longest - shortest).Ticks)));

    public TimeSpan Milliseconds(int shortest, int longest) =>
        Between(TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(longest));

    /// <summary>Dice of their own for one part, so that one more throw there moves nothing elsewhere.</summary>
    public Dice Split() => new(Next());
}
