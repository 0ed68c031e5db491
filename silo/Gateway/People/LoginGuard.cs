namespace SmartClub.Silo.Gateway;

/// <summary>
/// Counts failed log-ins per account in a sliding window, so that guessing is slow whoever guesses from wherever. It
/// is in memory and bounded: when too many accounts are watched, the one that failed longest ago is let go.
/// </summary>
public sealed class LoginGuard(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<StaffId, Queue<DateTimeOffset>> failures = [];
    private readonly LinkedList<StaffId> byLastFailure = [];
    private readonly Dictionary<StaffId, LinkedListNode<StaffId>> places = [];

    /// <summary>How long the account has to wait before its next try; null: not at all.</summary>
    public TimeSpan? Wait(StaffId account)
    {
        lock (gate)
        {
            if (!failures.TryGetValue(account, out var failed))
            {
                return null;
            }

            var now = time.GetUtcNow();
            while (failed.Count > 0 && failed.Peek() <= now - Limits.LoginWindow)
            {
                failed.Dequeue();
            }

            if (failed.Count == 0)
            {
                Forget(account);
            }

            return failed.Count < Limits.LoginFailures ? null : failed.Peek() + Limits.LoginWindow - now;
        }
    }

    /// <summary>Counts a failure.</summary>
    public void Failed(StaffId account)
    {
        lock (gate)
        {
            if (!failures.TryGetValue(account, out var failed))
            {
                if (failures.Count >= Limits.LoginAccounts)
                {
                    Forget(byLastFailure.First!.Value);
                }

                failures.Add(account, failed = new Queue<DateTimeOffset>());
                places.Add(account, byLastFailure.AddLast(account));
            }

            // More than the limit tells nothing more, so the queue never grows past it.
            if (failed.Count == Limits.LoginFailures)
            {
                failed.Dequeue();
            }

            failed.Enqueue(time.GetUtcNow());
            var place = places[account];
            byLastFailure.Remove(place);
            byLastFailure.AddLast(place);
        }
    }

    /// <summary>Forgets the failures of an account that has signed in.</summary>
    public void Succeeded(StaffId account)
    {
        lock (gate)
        {
            Forget(account);
        }
    }

    private void Forget(StaffId account)
    {
        failures.Remove(account);
        if (places.Remove(account, out var place))
        {
            byLastFailure.Remove(place);
        }
    }
}
