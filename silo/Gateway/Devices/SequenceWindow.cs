namespace SmartClub.Silo.Gateway.Devices;

/// <summary>
/// The sequence numbers a device has used: each once, in any order inside the window. It need not survive a restart,
/// because a silo takes no request that was signed before it became active.
/// </summary>
public sealed class SequenceWindow
{
    private readonly ulong[] used = new ulong[Limits.GateSequenceWindow / 64];
    private readonly Lock gate = new();
    private ulong highest;
    private bool any;

    /// <summary>Uses a number up. False: it was used before, or lies below the window.</summary>
    public bool TryUse(ulong number)
    {
        lock (gate)
        {
            if (!any || number > highest)
            {
                MoveTo(number);
            }
            else if (highest - number >= Limits.GateSequenceWindow)
            {
                return false;
            }

            ref var word = ref used[number % Limits.GateSequenceWindow / 64];
            var bit = 1UL << (int)(number % 64);
            if ((word & bit) != 0)
            {
                return false;
            }

            word |= bit;
            return true;
        }
    }

    private void MoveTo(ulong number)
    {
        var steps = any ? number - highest : Limits.GateSequenceWindow;
        if (steps >= Limits.GateSequenceWindow)
        {
            Array.Clear(used);
        }
        else
        {
            for (var n = highest + 1; n <= number && n != 0; n++)
            {
                used[n % Limits.GateSequenceWindow / 64] &= ~(1UL << (int)(n % 64));
            }
        }

        highest = number;
        any = true;
    }
}
