using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>A decision that a door made alone and the club would have made otherwise.</summary>
/// <param name="Position">Where it stands in the journal.</param>
/// <param name="At">When it happened at the door.</param>
/// <param name="GateId">The gate.</param>
/// <param name="GateName">Its name.</param>
/// <param name="MemberId">Whose badge it was.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="Decision">What the door did: <c>grant</c> or <c>deny</c>.</param>
/// <param name="OnlineReason">
/// What the club would have said, in the words of the gate protocol; null: the same, but see
/// <paramref name="DoubleUse"/>.
/// </param>
/// <param name="Text">The same for people.</param>
/// <param name="DoubleUse">
/// Whether the badge had let somebody in at another door that was alone, and not out; or the same rotating pass was
/// shown at two doors, and <paramref name="OnlineReason"/> is <c>pass_used</c>.
/// </param>
/// <param name="OtherGateId">That door.</param>
/// <param name="OtherAt">When.</param>
/// <param name="Worth">What the visit was worth, where one was let in.</param>
public sealed record OfflineDifferenceItem(
    long Position, DateTimeOffset At, string GateId, string GateName, string MemberId, string DisplayName,
    string Decision, string? OnlineReason, DisplayText Text, bool DoubleUse, string? OtherGateId,
    DateTimeOffset? OtherAt, Money? Worth);

/// <summary>A page of what doors decided alone, newest first.</summary>
/// <param name="Items">Its lines.</param>
/// <param name="AsOf">Position up to which it is complete.</param>
/// <param name="Before">What to pass as <c>before</c> for the next page; null: this was the last.</param>
public sealed record OfflineDifferencesPage(IReadOnlyList<OfflineDifferenceItem> Items, long AsOf, long? Before);

/// <summary>What doors did while they were alone.</summary>
public static class OfflineDifferenceEndpoints
{
    /// <summary>Maps the call.</summary>
    public static void MapOfflineDifferences(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/gates/offline-differences", List).Requires(Rights.MembersRead).WithTags("Gates")
            .Documented(
                "ListOfflineDifferences",
                "What doors decided alone otherwise than the club would have, newest first; older with before.")
            .Produces<OfflineDifferencesPage>().IsRead();

    private static Task<IResult> List(
        string? gateId, string? before, string? after, OfflineDifferenceDesk desk, ReadAfter reads,
        CancellationToken cancel)
    {
        GateId? gate = null;
        if (!string.IsNullOrEmpty(gateId))
        {
            if (!SmartClub.Grains.Model.Id<GateTag>.TryParse(gateId, null, out var given))
            {
                return Task.FromResult(Problems.Of("unknown_gate"));
            }

            gate = given;
        }

        if (!ReadAfter.TryRead(before, out var end))
        {
            return Task.FromResult(Problems.Of("invalid_position"));
        }

        return reads.Then(
            after,
            async () => Results.Json(await desk.Page(gate, end ?? long.MaxValue, cancel), ApiJson.Options),
            cancel);
    }
}

/// <summary>Reads what doors did while they were alone, and puts it into words.</summary>
public sealed class OfflineDifferenceDesk(
    OfflineDifferenceQueries differences, JournalReader journal, GateMirror gates, NameMirror names)
{
    /// <summary>
    /// A page. What is read may turn out to be none, so it reads on until it knows one line too many: only then is
    /// there a next page.
    /// </summary>
    public async Task<OfflineDifferencesPage> Page(
        GateId? gate, long before, CancellationToken cancel)
    {
        var items = new List<OfflineDifferenceItem>();
        long? asOf = null;
        while (true)
        {
            var (rows, reached) = await differences.Page(gate, before, cancel);
            asOf ??= reached;
            foreach (var row in rows)
            {
                var isDouble = row.IsSamePass || (row.OtherAt is { } entered && !await WasOut(row, entered, cancel));
                if (!isDouble && row.OnlineReason is null)
                {
                    continue;
                }

                if (items.Count == Limits.PageItems)
                {
                    return new OfflineDifferencesPage(items, asOf.Value, items[^1].Position);
                }

                items.Add(Item(row, isDouble));
            }

            if (rows.Count < Limits.PageItems)
            {
                return new OfflineDifferencesPage(items, asOf.Value, null);
            }

            before = rows[^1].Position;
        }
    }

    // By whichever door: an exit that was seen online is in the journal only.
    private async Task<bool> WasOut(OfflineDifferenceRow row, DateTimeOffset entered, CancellationToken cancel) =>
        (await journal.Stream(row.Member.Grain, 0, cancel)).SelectMany(r => r.Events).Any(happened =>
        {
            var (zone, at) = happened switch
            {
                Left e => (e.ZoneId, e.At),
                AccessGranted { Direction: Direction.Out } e => (e.ZoneId, e.At),
                _ => default,
            };
            return zone == row.Zone && at >= entered && at <= row.At;
        });

    private OfflineDifferenceItem Item(OfflineDifferenceRow row, bool isDouble)
    {
        var kind = row.IsSamePass ? "pass" : isDouble ? "double" : row.IsGranted ? "granted" : "denied";
        var reason = row.IsSamePass ? "pass_used" : row.OnlineReason;
        return new OfflineDifferenceItem(
            row.Position, row.At, row.Gate.ToString(), gates.Find(row.Gate)?.Name ?? "", row.Member.ToString(),
            names.Find(row.Member), row.IsGranted ? "grant" : "deny", reason,
            new DisplayText(Say("fr", kind, reason ?? "ok"), Say("en", kind, reason ?? "ok")), isDouble,
            isDouble ? row.OtherGate?.ToString() : null, isDouble ? row.OtherAt : null,
            row.WorthAmount is { } amount ? new Money(amount, row.WorthCurrency!) : null);
    }

    private static string Say(string language, string kind, string reason) => Texts.Get(
        language, "offline_difference." + kind, ("reason", Texts.Get(language, "reason." + reason)));
}
