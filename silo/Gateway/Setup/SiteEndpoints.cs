using System.Text.RegularExpressions;
using SmartClub.Grains.Model;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>A new building of the club.</summary>
public sealed record SiteRequest(string? Name, string? TimeZone, string? Currency);

/// <summary>A building of the club.</summary>
public sealed record SiteAnswer(string Id, string Name, string TimeZone, string Currency, HoursAnswer? Hours);

/// <summary>The id of something new.</summary>
public sealed record CreatedAnswer(string Id);

/// <summary>Sites.</summary>
public static partial class SiteEndpoints
{
    private const int TimeZoneLength = 100;
    private const int CurrencyLength = 10;

    /// <summary>Maps the calls.</summary>
    public static void MapSites(this IEndpointRouteBuilder routes)
    {
        var sites = routes.MapGroup("/sites").WithTags("Sites");
        sites.MapPost("/", Create).Requires(Rights.Setup)
            .Documented("CreateSite", "Sets up a building of the club.")
            .TakesBody<SiteRequest>().Produces<CreatedAnswer>().IsCommand();
        sites.MapHours();
        sites.MapGet("/", List).Requires(Rights.MembersRead)
            .Documented("ListSites", "The buildings of the club.")
            .Produces<ListAnswer<SiteAnswer>>().IsRead();
    }

    private static Task<IResult> Create(HttpContext http, CommandRunner commands) =>
        http.WithBody<SiteRequest>((body, fields) =>
        {
            var name = fields.Name("name", body.Name);
            var zone = fields.Text("timeZone", body.TimeZone, TimeZoneLength);
            var currency = fields.Text("currency", body.Currency, CurrencyLength);
            if (zone.Length > 0 && !ZoneName().IsMatch(zone))
            {
                fields.Wrong("timeZone", "invalid");
            }

            return fields.Then(() => commands.Run(
                http,
                id => new CreateSite(NewIds.Of<SiteTag>(id), name, zone, currency),
                created => new CreatedAnswer(created.Id.ToString())));
        });

    private static Task<IResult> List(string? after, SiteMirror sites, ReadAfter reads, CancellationToken cancel) =>
        reads.List(
            after,
            () => sites.All.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s =>
                new SiteAnswer(
                    s.Id.ToString(), s.Name, s.TimeZone.Id, s.Currency, OpeningHoursEndpoints.Answer(s.Hours))),
            cancel);

    // The platform reads a zone as a file, so a name must not be able to be the path of another one.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
