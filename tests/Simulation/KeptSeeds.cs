namespace SmartClub.Simulated;

/// <summary>
/// Seeds that once found a bug. They run first, for ever. A change to the simulator gives every seed another life, so a
/// kept one is a reminder more than a test; the test of a mended bug stands with its part.
/// </summary>
public static class KeptSeeds
{
    // 11 and 872: a silo whose connection had ended unnoticed answered from its old memory while another one wrote.
    // 441: a reminder that was due went off in a turn after the clock had been set back, and came too early for it.
    /// <summary>All of them.</summary>
    public static IReadOnlyList<int> All { get; } = [11, 441, 872];
}
