using System.Text.RegularExpressions;
using SmartClub.Grains.Model;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>A new building of the club.</summary>
public sealed record SiteRequest(string? Name, string? TimeZone, string? Currency);

/// <summary>Where a building is, in degrees; both missing: it is not known any more.</summary>
public sealed record LocationRequest(double? Latitude, double? Longitude);

/// <summary>Where a building is, in degrees.</summary>
public sealed record LocationAnswer(double Latitude, double Longitude);

/// <summary>A building of the club.</summary>
public sealed record SiteAnswer(
    string Id, string Name, string TimeZone, string Currency, HoursAnswer? Hours, LocationAnswer? Location);

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
        sites.MapPost("/{id}", Change).Requires(Rights.Setup)
            .Documented(
                "ChangeSite",
                "Changes name, time zone and currency of a site; the currency stays once plans are priced in it.")
            .TakesBody<SiteRequest>().Produces<Done>().IsCommand();
        sites.MapHours();
        sites.MapPost("/{id}/location", Locate).Requires(Rights.Setup)
            .Documented(
                "LocateSite",
                "Says where a site is, so that one pass at two sites is measured against the way between them.")
            .TakesBody<LocationRequest>().Produces(204).IsCommand();
        sites.MapGet("/", List).Requires(Rights.MembersRead)
            .Documented("ListSites", "The buildings of the club.")
            .Produces<ListAnswer<SiteAnswer>>().IsRead();
    }

    private static Task<IResult> Create(HttpContext http, CommandRunner commands) =>
        http.WithBody<SiteRequest>((body, fields) =>
        {
            var (name, zone, currency) = Read(fields, body);
            return fields.Then(() => commands.Run(
                http,
                id => new CreateSite(NewIds.Of<SiteTag>(id), name, zone, currency),
                created => new CreatedAnswer(created.Id.ToString())));
        });

    private static Task<IResult> Change(HttpContext http, string id, CommandRunner commands, SiteMirror sites) =>
        !SiteId.TryParse(id, null, out var site) || sites.Find(site) is null
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<SiteRequest>((body, fields) =>
            {
                var (name, zone, currency) = Read(fields, body);
                return fields.Then(() => commands.Run(
                    http, _ => new ChangeSite(site, name, zone, currency), done => done));
            });

    private static (string Name, string TimeZone, string Currency) Read(FieldChecks fields, SiteRequest body)
    {
        var name = fields.Name("name", body.Name);
        var zone = fields.Text("timeZone", body.TimeZone, TimeZoneLength);
        var currency = fields.Text("currency", body.Currency, CurrencyLength);
        if (zone.Length > 0 && !ZoneName().IsMatch(zone))
        {
            fields.Wrong("timeZone", "invalid");
        }

        return (name, zone, currency);
    }

    private static Task<IResult> Locate(HttpContext http, string id, CommandRunner commands, SiteMirror sites) =>
        !SiteId.TryParse(id, null, out var site) || sites.Find(site) is null
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<LocationRequest>((body, fields) =>
            {
                var isKnown = body.Latitude is not null || body.Longitude is not null;
                var place = isKnown
                    ? new GeoPoint(
                        Microdegrees(fields, "latitude", body.Latitude, GeoPoint.LatitudeDegrees),
                        Microdegrees(fields, "longitude", body.Longitude, GeoPoint.LongitudeDegrees))
                    : null;
                return fields.Then(() => commands.Run(http, _ => new LocateSite(site, place), _ => (object?)null));
            });

    private static int Microdegrees(FieldChecks fields, string field, double? asked, int most)
    {
        var degrees = fields.Required(field, asked);
        if (Math.Abs(degrees) <= most)
        {
            return (int)Math.Round(degrees * GeoPoint.PerDegree);
        }

        fields.Wrong(field, "out_of_range");
        return 0;
    }

    private static LocationAnswer? Answer(GeoPoint? place) => place is null
        ? null
        : new LocationAnswer(
            place.LatitudeMicrodegrees / (double)GeoPoint.PerDegree,
            place.LongitudeMicrodegrees / (double)GeoPoint.PerDegree);

    private static Task<IResult> List(string? after, SiteMirror sites, ReadAfter reads, CancellationToken cancel) =>
        reads.List(
            after,
            () => sites.All.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s =>
                new SiteAnswer(
                    s.Id.ToString(), s.Name, s.TimeZone.Id, s.Currency, OpeningHoursEndpoints.Answer(s.Hours),
                    Answer(s.Location))),
            cancel);

    // The platform reads a zone as a file, so a name must not be able to be the path of another one.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
