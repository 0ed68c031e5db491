using System.Collections.Concurrent;
using SmartClub.Grains.Members;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Devices.Lists;

/// <summary>
/// All members as doors may know them, in memory. It follows the journal beside the scans, never in their way, and is
/// loaded after the silo became active: a door can wait a second for its list, people cannot wait for a silo.
/// </summary>
public sealed class DoorBook(Feed feed, DoorRightsStart start, TimeProvider time) : IStartsWithSilo
{
    private static readonly DoorRightsView View = new();
    private static readonly short MemberKind = new MemberId(Guid.Empty).Grain.Kind;
    private readonly ConcurrentDictionary<MemberId, ListedMember> members = new();
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long position;
    private long changedAt;

    /// <summary>Tells of members whose rights have become less; after the change can be read here.</summary>
    public event Action<IReadOnlyList<MemberId>>? Lost;

    /// <summary>The position of the last change.</summary>
    public long ChangedAt => Interlocked.Read(ref changedAt);

    /// <summary>The position up to which the book has read.</summary>
    public long Position => Interlocked.Read(ref position);

    /// <summary>All members that have a badge or a membership.</summary>
    public ICollection<ListedMember> Members => members.Values;

    /// <summary>A member, or null where doors know nothing of them.</summary>
    public ListedMember? Find(MemberId member) => members.GetValueOrDefault(member);

    /// <summary>Completes when the book can be read.</summary>
    public Task Loaded => loaded.Task;

    /// <summary>Waits until the book has read a position; false: it did not in time.</summary>
    public async Task<bool> Reaches(long wanted)
    {
        var began = time.GetTimestamp();
        while (!loaded.Task.IsCompleted || Position < wanted)
        {
            var left = Limits.ViewWait - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            var next = loaded.Task.IsCompleted ? feed.Past(Position) : loaded.Task;
            await Task.WhenAny(next, Task.Delay(left, time));
            await Task.Yield();
        }

        return true;
    }

    /// <inheritdoc/>
    public Task Start(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        await foreach (var row in start.Rows(cancel))
        {
            if (row.Table.Length == 0)
            {
                position = (long)row.Columns["position"]!;
            }
            else
            {
                Put(row.Table, row.Key, row.Columns);
            }
        }

        ForgetQuotaPositions();
        loaded.TrySetResult();
        while (true)
        {
            await feed.Past(Position).WaitAsync(cancel);
            foreach (var row in await feed.Read(Position, cancel))
            {
                Take(row);
                Interlocked.Exchange(ref position, row.Position);
            }
        }
    }

    // The tables do not say when a visit was counted: whoever has visits to count is told to doors again.
    private void ForgetQuotaPositions()
    {
        foreach (var member in members.Values.Where(m => m.Rights.Any(r => r.Right.VisitsAllowed is not null)))
        {
            members[member.Id] = member with { ChangedAt = position };
            changedAt = position;
        }
    }

    private void Take(JournalRow row)
    {
        if (row.Grain.Kind != MemberKind)
        {
            return;
        }

        // All of a row at once: between two of its events somebody might seem to have a right that the next takes back.
        var id = new MemberId(row.Grain.Key);
        var before = members.GetValueOrDefault(id) ?? ListedMember.New(id);
        var after = before;
        var isLess = false;
        for (var i = 0; i < row.Events.Count; i++)
        {
            after = row.Events[i] switch
            {
                Entered { IsVisit: true, MembershipId: { } paying } e =>
                    after.WithVisits(paying, e.VisitsUsed, row.Position),
                PastVisitCounted { MembershipId: { } paying } e =>
                    after.WithVisits(paying, e.VisitsUsed, row.Position),
                EntryReverted { MembershipId: { } paying } e =>
                    after.WithVisits(paying, e.VisitsUsed, row.Position),
                _ => After(after, row, i),
            };
            isLess |= row.Events[i] is MemberSuspended or CredentialRevoked or PassKeyRevoked
                or MembershipFrozen or MemberWithdrawn;
        }

        if (!ReferenceEquals(after, before))
        {
            Publish(after);
        }

        if (isLess)
        {
            Lost?.Invoke([id]);
        }
    }

    private static ListedMember After(ListedMember member, JournalRow row, int number)
    {
        if (View.Events.Contains(row.Events[number].GetType()))
        {
            foreach (var change in View.Map(row.Recorded(number)))
            {
                member = member.With(change.Table, change.Key, change.Columns!);
            }
        }

        return member;
    }

    private void Put(string table, string key, IReadOnlyDictionary<string, object?> columns)
    {
        var owner = MemberId.Parse(table == DoorRightsView.Members ? key : (string)columns["member_id"]!, null);
        var member = members.GetValueOrDefault(owner) ?? ListedMember.New(owner);
        Publish(member.With(table, key, columns));
    }

    private void Publish(ListedMember member)
    {
        members[member.Id] = member;
        Interlocked.Exchange(ref changedAt, Math.Max(ChangedAt, member.ChangedAt));
    }
}
