using System.Globalization;
using SmartClub.Grains.Model;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>A day that differs from the week; without hours it is closed.</summary>
public sealed record SpecialDayRequest(string? Day, string? Name, string? From, string? To);

/// <summary>When a site is open.</summary>
public sealed record OpeningHoursRequest(
    IReadOnlyList<HoursRequest?>? Week, IReadOnlyList<SpecialDayRequest?>? Days = null);

/// <summary>When a site is open, as it was said.</summary>
public sealed record HoursAnswer(IReadOnlyList<HoursRequest> Week, IReadOnlyList<SpecialDayRequest> Days);

/// <summary>Opening hours of sites.</summary>
public static class OpeningHoursEndpoints
{
    /// <summary>Maps the call.</summary>
    public static void MapHours(this IEndpointRouteBuilder sites) => sites.MapPost("/{id}/hours", Set)
        .Requires(Rights.Setup)
        .Documented("SetOpeningHours", "Says when a site is open: hours of the week, and days that differ.")
        .TakesBody<OpeningHoursRequest>().Produces(204).IsCommand();

    /// <summary>Writes hours.</summary>
    public static HoursAnswer? Answer(OpeningHours? hours) => hours is null
        ? null
        : new HoursAnswer(
            Schedules.Write(hours.Week) ?? [],
            [.. hours.Days.OrderBy(d => d.Day).Select(d => new SpecialDayRequest(
                d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                d.Name,
                d.From is { } from ? Schedules.Text(from) : null,
                d.To is { } to ? Schedules.TextOfEnd(to) : null))]);

    private static Task<IResult> Set(HttpContext http, string id, CommandRunner commands, SiteMirror sites) =>
        !SiteId.TryParse(id, null, out var site) || sites.Find(site) is null
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<OpeningHoursRequest>((body, fields) =>
            {
                var week = body.Week is { Count: > 0 } some ? Schedules.Read(fields, "week", some) : [];
                var asked = body.Days ?? [];
                if (asked.Count > DomainLimits.SpecialDays)
                {
                    fields.Wrong("days", "too_long");
                    asked = [];
                }

                List<SpecialDay> days = [.. asked.Select((day, i) => Read(fields, $"days[{i}]", day))];
                if (days.Select(d => d.Day).Distinct().Count() < days.Count)
                {
                    fields.Wrong("days", "twice");
                }

                var hours = new OpeningHours(week ?? [], days);
                if (fields.Errors.Count == 0 && hours.FirstOverlap() is { } overlap)
                {
                    fields.Wrong($"{(overlap.IsSpecial ? "days" : "week")}[{overlap.Index}].from", "overlaps");
                }

                return fields.Then(() => commands.Run(
                    http, _ => new SetOpeningHours(site, hours), _ => (object?)null));
            });

    private static SpecialDay Read(FieldChecks fields, string field, SpecialDayRequest? asked)
    {
        var day = fields.Day(field + ".day", asked?.Day);
        var name = fields.OptionalName(field + ".name", asked?.Name);
        return asked?.From is null && asked?.To is null
            ? new SpecialDay(day, name, null, null)
            : new SpecialDay(
                day, name, Schedules.Time(fields, field + ".from", asked.From),
                Schedules.End(fields, field + ".to", asked.To));
    }
}
