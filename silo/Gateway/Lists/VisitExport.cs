using System.Globalization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>
/// Visits as a file, for whoever writes the invoices: of people who pay by the visit, of a partner's plan, of guests.
/// </summary>
public static class VisitExport
{
    // Beyond it there is no day after.
    private const int LastYear = 9_998;

    private static readonly string[] Columns =
    [
        "code", "name", "kind", "plan", "site", "zone", "gate", "day", "entered", "left", "minutes", "worth",
        "currency", "host_code", "host",
    ];

    /// <summary>Maps the call.</summary>
    public static void MapVisitExport(this IEndpointRouteBuilder lists) =>
        lists.MapGet("/visits/export", Export).Requires(Rights.MembersRead)
            .Documented(
                "ExportVisits",
                "The visits of some days as a file, csv or xlsx, with what each is worth: its price by visits or days.")
            .Produces(200).IsRead();

    private static Task<IResult> Export(
        HttpContext http, string? from, string? to, string? kind, string? planId, string? format, string? after,
        VisitExportQueries visits, Places places, ReadAfter reads, TimeProvider time)
    {
        var fields = new FieldChecks(http.Request);
        var first = fields.Day("from", from);
        var last = fields.Day("to", to);
        if (first > last || last.DayNumber - first.DayNumber > Limits.ExportDays || last.Year > LastYear)
        {
            fields.Wrong("to", "invalid");
        }

        var person = kind is null ? (PersonKind?)null : fields.OneOf<PersonKind>("kind", kind);
        if (planId is not null && !PlanId.TryParse(planId, null, out _))
        {
            fields.Wrong("planId", "invalid");
        }

        var file = fields.OneOf<ExportFormat>("format", format);
        var language = Texts.Language(http.Request);
        return fields.Then(() => reads.Then(
            after,
            () =>
            {
                // Days begin where the visit was; the widest zones are half a day off on either side.
                var choice = new VisitChoice(
                    At(first) - (first.Year > 1 ? TimeSpan.FromHours(14) : default), At(last).AddHours(38),
                    person is { } asked ? Refusal.Snake(asked.ToString()) : null, planId);
                return Task.FromResult(File(language).Send(
                    file, time.GetUtcNow(),
                    Rows(visits.All(choice, http.RequestAborted), places, language, first, last)));
            },
            http.RequestAborted));
    }

    private static DateTimeOffset At(DateOnly day) => new(day, default, TimeSpan.Zero);

    private static TableFile File(string language) => new(
        Texts.Get(language, "export.visits"), language,
        [.. Columns.Select(column => Texts.Get(language, "export." + column))]);

    private static async IAsyncEnumerable<IReadOnlyList<string>> Rows(
        IAsyncEnumerable<InvoicedVisit> visits, Places places, string language, DateOnly first, DateOnly last)
    {
        await foreach (var visit in visits)
        {
            var (site, zone, gate) = places.Of(visit);
            var entered = TimeZoneInfo.ConvertTime(visit.EnteredAt, site.TimeZone);
            var day = DateOnly.FromDateTime(entered.DateTime);
            if (day < first || day > last)
            {
                continue;
            }

            var worth = WorthOf(visit);
            yield return
            [
                visit.Code, visit.DisplayName, Texts.Get(language, "kind.person." + visit.Kind), visit.PlanName ?? "",
                site.Name, zone, gate, Text($"{day:yyyy-MM-dd}"), Text($"{entered:HH:mm}"),
                visit.LeftAt is { } left ? Text($"{TimeZoneInfo.ConvertTime(left, site.TimeZone):HH:mm}") : "",
                visit.LeftAt is { } gone ? Text($"{(gone - visit.EnteredAt).TotalMinutes:0}") : "",
                worth is { } money ? Amount(money, language) : "", worth?.Currency ?? "",
                visit.HostCode ?? "", visit.HostName ?? "",
            ];
        }
    }

    // As OfflineComparison.WorthOf does it: by the visits of the period, or by its days; rounded up.
    private static Money? WorthOf(InvoicedVisit visit)
    {
        if (visit is not { PriceAmount: { } price, PriceCurrency: { } currency }
            || visit is not { StartsOn: { } start, ExpiresOn: { } end })
        {
            return null;
        }

        var parts = Math.Max(1, visit.VisitsAllowed ?? end.DayNumber - start.DayNumber + 1);
        return new Money(checked((price + parts - 1) / parts), currency);
    }

    private static string Amount(Money money, string language) => string.Create(
        CultureInfo.InvariantCulture, $"{money.Amount / 100m:0.00}").Replace(".", language == "fr" ? "," : ".");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The names of places, and the time there.</summary>
    public sealed class Places(ZoneMirror zones, SiteMirror sites, GateMirror gates)
    {
        /// <summary>Where a visit was.</summary>
        public (SiteFacts Site, string Zone, string Gate) Of(InvoicedVisit visit)
        {
            var zone = zones.Find(visit.Zone)!;
            var gate = SmartClub.Grains.Model.Id<GateTag>.TryParse(visit.GateId, null, out var id)
                ? gates.Find(id)?.Name
                : null;
            return (sites.Find(zone.SiteId)!, zone.Name, gate ?? "");
        }
    }
}
