using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>
/// What stands around a person's rights in their file: which doors to ask about, what happened last, how often they
/// come, what was written down.
/// </summary>
public sealed class Standing(
    GateMirror gates, ZoneMirror zones, SiteMirror sites, JournalReader journal, MemberFiles files, StaffNames staff,
    TimeProvider time)
{
    // What happened last at a door is among the last things that happened at all, or long ago.
    private const int RecentRows = 40;

    /// <summary>A door into every zone that has one, by name; and the moment to ask them about.</summary>
    public (IReadOnlyList<Door> Doors, DateTimeOffset Now) Doors()
    {
        var doors = new List<Door>();
        foreach (var zone in zones.All.OrderBy(z => z.Name, StringComparer.Ordinal))
        {
            var gate = gates.All.Where(g => g.ZoneId == zone.Id && g.Direction != GateDirection.Out)
                .OrderBy(g => g.IsDisabled).ThenBy(g => g.Name, StringComparer.Ordinal).FirstOrDefault();
            if (gate is not null && sites.Find(gate.SiteId) is { } site)
            {
                doors.Add(new Door(gate, zone, site));
            }
        }

        return (doors, time.GetUtcNow());
    }

    /// <summary>What happened last at a door; null: nothing of late.</summary>
    public async Task<LastAccess?> LastAccess(MemberId member, CancellationToken cancel)
    {
        var rows = await journal.Before(member.Grain, int.MaxValue, RecentRows, cancel);
        return rows.SelectMany(row => row.Events.Select(e => Of(row, e))).FirstOrDefault(access => access is not null);
    }

    /// <summary>How often they came this month and the one before, in the time of the first site.</summary>
    public async Task<VisitsAnswer> Visits(MemberId member, DateTimeOffset now, CancellationToken cancel)
    {
        var site = sites.All.OrderBy(s => s.Id.ToString(), StringComparer.Ordinal).FirstOrDefault();
        var today = site?.Day(now) ?? DateOnly.FromDateTime(now.UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1);
        var found = await files.Visits(
            member, Start(first.AddMonths(-1)), Start(first), Start(first.AddMonths(1)), cancel);
        return new VisitsAnswer(found.Last, found.InPeriod, found.InPeriodBefore);

        DateTimeOffset Start(DateOnly day) =>
            site?.StartOf(day) ?? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    }

    /// <summary>What was written down, newest first.</summary>
    public async Task<IReadOnlyList<NoteAnswer>> Notes(MemberId member, CancellationToken cancel) =>
    [
        .. (await files.Notes(member, cancel))
            .Select(note => new NoteAnswer(note.Id, note.Text, staff.Of(note.Author), note.At)),
    ];

    /// <summary>Documents, newest first.</summary>
    public async Task<IReadOnlyList<FileAnswer>> Files(MemberId member, CancellationToken cancel) =>
    [
        .. (await files.Files(member, cancel)).Select(file => new FileAnswer(
            file.Id, file.Name, file.Kind, file.Bytes, staff.Of(file.Author), file.At)),
    ];

    private static LastAccess? Of(JournalRow row, IEvent happened) => happened switch
    {
        AccessDenied e => new LastAccess(
            row.Position, "deny", e.At, e.Reason, e.Detail, e.GateId.ToString(), e.ZoneId.ToString(), e.Direction),
        AccessGranted e => new LastAccess(
            row.Position, "grant", e.At, AccessReason.Ok, null, e.GateId.ToString(), e.ZoneId.ToString(),
            e.Direction),
        AdmittedByHand e => new LastAccess(
            row.Position, "by_hand", e.At, AccessReason.Ok, null, e.GateId.ToString(), e.ZoneId.ToString(),
            Direction.In),
        _ => null,
    };
}
