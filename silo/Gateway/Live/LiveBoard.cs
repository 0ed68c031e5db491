using SmartClub.Grains.Gates;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Sites;
using SmartClub.Grains.Zones;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Live;

/// <summary>
/// The live page in memory: the last decisions, who is inside, the day's figures. It follows the journal and is built
/// anew at start from the presence view and the last day of the journal.
/// </summary>
public sealed class LiveBoard(
    Feed feed, LiveStart start, NameMirror names, GateMirror gates, SiteMirror sites, ZoneMirror zones,
    TimeProvider time) : IStartsWithSilo
{
    private readonly Lock gate = new();
    private readonly LivePresence presence = new();
    private readonly Dictionary<SiteId, (DateOnly Day, int Entries, int Refusals)> days = [];
    private readonly Queue<Shown> decisions = new();
    private readonly string instance = Convert.ToHexStringLower(BitConverter.GetBytes(time.GetUtcNow().UtcTicks))[..8];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int insideTotal;
    private long presenceFrom;
    private long position;
    private long sequence;
    private long forgotten;
    private long setUpAt;

    /// <summary>The position that the board shows.</summary>
    public long Position => Interlocked.Read(ref position);

    /// <inheritdoc/>
    public async Task Start(CancellationToken cancel)
    {
        var (at, people) = await start.Presence(cancel);
        presenceFrom = at;
        ShowInside(people);
        position = await start.FirstOfTheDay(time.GetUtcNow(), cancel);
        forgotten = position;
    }

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            await feed.Past(Position).WaitAsync(cancel);
            if (await feed.Read(Position, cancel) is { Count: > 0 } rows)
            {
                Apply(rows);
            }
        }
    }

    /// <summary>Completes when something has changed since this was called.</summary>
    public Task Changed()
    {
        lock (gate)
        {
            return changed.Task;
        }
    }

    /// <summary>Shows a decision about a credential that nobody has; the journal does not hold it.</summary>
    public void ShowUnknown(GateId gateId, Direction direction, AccessReason reason, DateTimeOffset at)
    {
        var facts = gates.Find(gateId);
        TaskCompletionSource wake;
        lock (gate)
        {
            Add(null, null, new LiveDecision(
                $"u{instance}{sequence}", null, at, direction, "deny", reason, [], null, gateId, facts?.ZoneId,
                null, null));
            CountDay(facts, at, 0, 1);
            wake = Wake();
        }

        wake.TrySetResult();
    }

    /// <summary>A gate gave a sign of life: screens show when.</summary>
    public void GateSpoke()
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            wake = Wake();
        }

        wake.TrySetResult();
    }

    /// <summary>What a screen needs that knows everything up to a position and a sequence of decisions.</summary>
    public LiveChange Since(long knownPosition, long? knownSequence)
    {
        lock (gate)
        {
            var isReset = knownPosition < forgotten || knownPosition > position || knownPosition < setUpAt;
            var from = knownSequence ?? SequenceAt(knownPosition);
            var told = decisions.Where(d => d.Sequence > from).Reverse().Take(Limits.LiveDeltaDecisions)
                .Select(Show).ToList();
            return new LiveChange(
                position, sequence, isReset, Math.Max(0, sequence - from - told.Count), told, Zones(), Today());
        }
    }

    /// <summary>The last decisions, newest first.</summary>
    public (
        long Position, IReadOnlyList<LiveDecision> Decisions, IReadOnlyList<LiveZoneCount> Zones,
        LiveToday Today) All()
    {
        lock (gate)
        {
            return (position, [.. decisions.Reverse().Select(Show)], Zones(), Today());
        }
    }

    /// <summary>Who was inside before the first row that the board is shown.</summary>
    public void ShowInside(List<(MemberId Member, ZoneId Zone, DateTimeOffset Since)> people) =>
        people.ForEach(person => presence.Set(person.Member, person.Zone, person.Since));

    /// <summary>Moves on by rows; a board of the past is given them, instead of following the journal.</summary>
    public void Apply(IReadOnlyList<JournalRow> rows)
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Events.Count; i++)
                {
                    Apply(row, row.Events[i]);
                }
            }

            Interlocked.Exchange(ref position, rows[^1].Position);
            wake = Wake();
        }

        wake.TrySetResult();
    }

    private void Apply(JournalRow row, IEvent happened)
    {
        var member = new MemberId(row.Grain.Key);
        switch (happened)
        {
            case AccessGranted or OfflineAccessRecorded or AdmittedByHand:
                Add(row, happened, null);
                break;
            case AccessDenied e:
                Add(row, happened, null);
                CountDay(gates.Find(e.GateId), e.At, 0, 1);
                break;
            case SiteCreated or SiteChanged or ZoneCreated or ZoneChanged or GateCreated or GateChanged or GateDisabled
                or GateEnabled:
                setUpAt = row.Position;
                break;
        }

        if (happened is Entered { } entered)
        {
            CountDay(gates.Find(entered.GateId), entered.At, 1, 0);
        }

        if (row.Position > presenceFrom)
        {
            presence.Apply(member, happened);
        }
    }

    // Made when a screen asks: under load most decisions are pushed out before anybody sees them.
    private LiveDecision Show(Shown shown)
    {
        var (_, row, happened, whole) = shown;
        return happened switch
        {
            AccessGranted e => Decision(
                row!, e.At, e.Direction, "grant", AccessReason.Ok, e.Flags, e.GateId, e.ZoneId, e.PlanName),
            AdmittedByHand e => LiveItems.ByHand(row!, e, Member(new MemberId(row!.Grain.Key))),
            AccessDenied e => Decision(
                row!, e.At, e.Direction, "deny", e.Reason, AccessFlags.None, e.GateId, e.ZoneId, e.PlanName)
                with
            { Detail = e.Detail },
            OfflineAccessRecorded e => Decision(
                row!, e.At, e.Direction, e.IsGranted ? "grant" : "deny", AccessReason.Ok,
                e.Flags | AccessFlags.Offline, e.GateId, e.ZoneId, null),
            _ => whole!,
        };
    }

    private LiveDecision Decision(
        JournalRow row, DateTimeOffset at, Direction direction, string decision, AccessReason reason,
        AccessFlags flags, GateId gateId, ZoneId zoneId, string? planName) => new(
        row.Position.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Position, at, direction, decision,
        reason, Flags(flags), Member(new MemberId(row.Grain.Key)), gateId, zoneId, planName, null);

    private LiveMember Member(MemberId member) => new(member, names.Find(member), names.PhotoUrl(member));

    private static string[] Flags(AccessFlags flags) => flags == AccessFlags.None
        ? []
        : [.. Enum.GetValues<AccessFlags>().Where(f => f != AccessFlags.None && flags.HasFlag(f))
            .Select(f => Refusal.Snake(f.ToString()))];

    private void Add(JournalRow? row, IEvent? happened, LiveDecision? whole)
    {
        decisions.Enqueue(new Shown(++sequence, row, happened, whole));
        while (decisions.Count > Limits.LiveDecisions)
        {
            forgotten = Math.Max(forgotten, decisions.Dequeue().Row?.Position ?? 0);
        }
    }

    private void CountDay(GateFacts? facts, DateTimeOffset at, int entries, int refusals)
    {
        if (facts is null || sites.Find(facts.SiteId) is not { } site)
        {
            return;
        }

        var day = site.Day(at);
        var before = days.GetValueOrDefault(site.Id);
        if (day > before.Day)
        {
            before = (day, 0, 0);
        }

        if (day == before.Day)
        {
            days[site.Id] = (day, before.Entries + entries, before.Refusals + refusals);
        }
    }

    private List<LiveZoneCount> Zones()
    {
        var now = time.GetUtcNow();
        HashSet<MemberId> anywhere = [];
        var counts = new List<LiveZoneCount>();
        foreach (var zone in zones.All)
        {
            var (count, hasForgiven) = presence.Count(zone, now, anywhere);
            var seesExits = gates.All.Any(g => g.ZoneId == zone.Id && g.Direction != GateDirection.In);
            counts.Add(new LiveZoneCount(zone.Id, count, hasForgiven || !seesExits));
        }

        insideTotal = anywhere.Count;
        return counts;
    }

    private LiveToday Today()
    {
        var now = time.GetUtcNow();
        var entries = 0;
        var refusals = 0;
        foreach (var (id, day) in days)
        {
            if (sites.Find(id)?.Day(now) == day.Day)
            {
                entries += day.Entries;
                refusals += day.Refusals;
            }
        }

        return new LiveToday(entries, refusals, insideTotal);
    }

    // Where a screen stands that knows a position: behind the last decision up to there.
    private long SequenceAt(long knownPosition)
    {
        var known = decisions.Count == 0 ? sequence : decisions.Peek().Sequence - 1;
        foreach (var shown in decisions)
        {
            if (shown.Row?.Position <= knownPosition)
            {
                known = shown.Sequence;
            }
        }

        return known;
    }

    private TaskCompletionSource Wake()
    {
        var wake = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return wake;
    }

    // A decision of a member is kept as what the journal said; one about an unknown credential is whole already.
    private readonly record struct Shown(long Sequence, JournalRow? Row, IEvent? Event, LiveDecision? Whole);
}
