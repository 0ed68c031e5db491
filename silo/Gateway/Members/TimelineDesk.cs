using System.Globalization;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>One line of a member's history.</summary>
/// <param name="Position">Where it stands in the journal.</param>
/// <param name="At">When.</param>
/// <param name="Type">What kind of thing happened.</param>
/// <param name="Text">It in words.</param>
/// <param name="CausedBy">Position of what sent the command, where another grain did.</param>
/// <param name="Because">What it came from, one thing behind the other down to the first cause.</param>
public sealed record TimelineItem(
    long Position, DateTimeOffset At, string Type, DisplayText Text, long? CausedBy,
    IReadOnlyList<TimelineItem> Because);

/// <summary>A page of a member's history, newest first.</summary>
/// <param name="Items">The lines.</param>
/// <param name="AsOf">Position up to which it is known to be complete.</param>
/// <param name="Before">What to pass as <c>before</c> for the next page; null: this was the last.</param>
public sealed record TimelineAnswer(IReadOnlyList<TimelineItem> Items, long AsOf, int? Before);

/// <summary>Reads a member's history and puts it into words.</summary>
public sealed class TimelineDesk(
    JournalReader journal, MemberDesk members, GateMirror gates, ZoneMirror zones, NameMirror names, Views.Feed feed,
    TimeProvider time)
{
    /// <summary>A page of the history before a version of the member's grain; null: the newest.</summary>
    public async Task<TimelineAnswer> Page(MemberId member, int? before, CancellationToken cancel)
    {
        var asOf = feed.Head;
        var rows = await journal.Before(member.Grain, before ?? int.MaxValue, Limits.PageItems, cancel);
        var plans = await members.PlanNames(member);
        var older = rows.Count == 0 || rows[^1].Version == 1
            ? []
            : await journal.Before(member.Grain, rows[^1].Version, Limits.CauseRows, cancel);
        var rowOf = rows.Concat(older).ToDictionary(row => row.Position);
        var past = rows.Concat(older).Reverse()
            .SelectMany(row => row.Events.Select(e => new Happened(row.Position, e))).ToList();
        var items = new List<TimelineItem>();
        foreach (var row in rows)
        {
            foreach (var happened in row.Events.Reverse())
            {
                if (Item(row, happened, plans) is { } item)
                {
                    var chain = MemberCauses.Of(row.Position, happened, past)
                        .Select(cause => Item(rowOf[cause.Position], cause.Event, plans)).OfType<TimelineItem>();
                    items.Add(item with { Because = [.. chain] });
                }
            }
        }

        return new TimelineAnswer(items, asOf, rows.Count > 0 && rows[^1].Version > 1 ? rows[^1].Version : null);
    }

    private TimelineItem? Item(JournalRow row, IEvent happened, Dictionary<string, string> plans) =>
        MemberTimeline.Of(happened) is not { } entry ? null : new TimelineItem(
            row.Position,
            row.At,
            entry.Type,
            new DisplayText(Say("fr", entry, plans), Say("en", entry, plans)),
            row.CausedBy > 0 ? row.CausedBy : null,
            []);

    private string Say(string language, TimelineEntry entry, Dictionary<string, string> plans)
    {
        var given = entry.Parameters;
        var isDenied = entry.Type == "access.denied";
        var key = "timeline." + entry.Type
            + (given.GetValueOrDefault("paid") == "false" ? ".unpaid" : "")
            + (given.GetValueOrDefault("direction") == "out" ? ".out" : "")
            + (!isDenied && !string.IsNullOrWhiteSpace(given.GetValueOrDefault("reason")) ? ".because" : "");
        var plan = given.GetValueOrDefault("membershipId") is { } id ? plans.GetValueOrDefault(id) : null;
        var kind = given.GetValueOrDefault("kind");
        var reason = given.GetValueOrDefault("reason") ?? "";

        // The reason is free text and comes last, so that braces in it are never taken for a placeholder.
        return Texts.Get(
            language,
            key,
            ("gate", Gate(given.GetValueOrDefault("gateId"))),
            ("zone", Zone(given.GetValueOrDefault("zoneId"))),
            ("startsOn", Day(language, given.GetValueOrDefault("startsOn"))),
            ("expiresOn", Day(language, given.GetValueOrDefault("expiresOn"))),
            ("kind", kind is null ? "" : Texts.Get(language, "kind." + kind)),
            ("person", Person(given.GetValueOrDefault("memberId"))),
            ("gates", string.Join(", ", (given.GetValueOrDefault("gateIds") ?? "").Split(' ').Select(Gate))),
            ("used", given.GetValueOrDefault("used") ?? ""),
            ("of", given.GetValueOrDefault("of") ?? ""),
            ("plan", plan ?? given.GetValueOrDefault("plan") ?? ""),
            ("reason", isDenied ? Texts.Get(language, "reason." + reason) : reason));
    }

    private string Person(string? id) => MemberId.TryParse(id, null, out var member) ? names.Find(member) : "";

    private string Gate(string? id) => GateId.TryParse(id, null, out var gate) ? gates.Find(gate)?.Name ?? "" : "";

    private string Zone(string? id) => ZoneId.TryParse(id, null, out var zone) ? zones.Find(zone)?.Name ?? "" : "";

    private string Day(string language, string? day) => day is null ? "" : DisplayDates.ShortDay(
        language,
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
}
