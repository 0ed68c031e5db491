using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>A language to be spoken to in.</summary>
public sealed record LanguageRequest(string? Language);

/// <summary>The language from now on.</summary>
public sealed record LanguageAnswer(string Language);

/// <summary>A session that was ended.</summary>
public sealed record SessionClosedAnswer(string Id);

/// <summary>What a member sees and changes of their own.</summary>
public static class MeEndpoints
{
    private const int LanguageLength = 10;

    /// <summary>Maps the calls.</summary>
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/me").WithTags("Member app");
        me.MapGet("/", Get).ForMembers()
            .Documented("GetMe", "Everything that the app shows of its member.")
            .Produces<MeAnswer>().IsRead();
        me.MapGet("/visits", Visits).ForMembers()
            .Documented("GetMyVisits", "Where the member was, newest first.")
            .Produces<ListAnswer<VisitAnswer>>().IsRead();
        me.MapGet("/busy", Busy).ForMembers()
            .Documented("GetBusy", "How busy the zones are that the member's memberships open.")
            .Produces<ListAnswer<BusyAnswer>>().IsRead();
        me.MapGet("/hours", Hours).ForMembers()
            .Documented("GetMyHours", "When the sites are open that the member's memberships open.")
            .Produces<ListAnswer<SiteHoursAnswer>>().IsRead();
        me.MapPost("/language", Speak).ForMembers()
            .Documented("ChooseLanguage", "Speaks to the member in this language from now on.")
            .TakesBody<LanguageRequest>().Produces<LanguageAnswer>().IsCommand();
        me.MapPost("/sessions/{id}/close", Close).ForMembers()
            .Documented("CloseMemberSession", "Signs the member out on another phone.")
            .Produces<SessionClosedAnswer>().IsCommand();
    }

    private static async Task<IResult> Get(
        HttpContext http, MeDesk desk, SignedIn signedIn, CancellationToken cancel)
    {
        var me = http.Features.GetRequiredFeature<MemberPrincipal>();
        http.Response.Headers.CacheControl = "no-store";
        var token = SignedInMember.Token(http.Request).Token!;
        return await desk.Find(me, signedIn.Antiforgery(token), cancel) is { } found
            ? Results.Json(found, ApiJson.Options)
            : Problems.Of("not_signed_in");
    }

    private static Task<IResult> Visits(
        HttpContext http, string? after, BusyDesk desk, ReadAfter reads, ViewRunner views, CancellationToken cancel) =>
        reads.Then(
            after,
            async () =>
            {
                var asOf = views.Reached;
                var me = http.Features.GetRequiredFeature<MemberPrincipal>();
                return Results.Json(
                    new ListAnswer<VisitAnswer>(await desk.Visits(me.Member, cancel), asOf), ApiJson.Options);
            },
            cancel);

    private static async Task<IResult> Busy(
        HttpContext http, BusyDesk desk, ViewRunner views, CancellationToken cancel)
    {
        var asOf = views.Reached;
        var me = http.Features.GetRequiredFeature<MemberPrincipal>();
        return Results.Json(new ListAnswer<BusyAnswer>(await desk.Busy(me.Member, cancel), asOf), ApiJson.Options);
    }

    private static async Task<IResult> Hours(HttpContext http, HoursDesk desk, ViewRunner views)
    {
        var asOf = views.Reached;
        var me = http.Features.GetRequiredFeature<MemberPrincipal>();
        return Results.Json(new ListAnswer<SiteHoursAnswer>(await desk.Hours(me.Member), asOf), ApiJson.Options);
    }

    private static Task<IResult> Speak(HttpContext http, CommandRunner commands) =>
        http.WithBody<LanguageRequest>((body, fields) =>
        {
            var me = http.Features.GetRequiredFeature<MemberPrincipal>();
            var language = fields.Text("language", body.Language, LanguageLength);
            return fields.Then(() => commands.Run(
                http, _ => new ChooseLanguage(me.Member, language), _ => new LanguageAnswer(language)));
        });

    private static Task<IResult> Close(HttpContext http, string id, CommandRunner commands)
    {
        var me = http.Features.GetRequiredFeature<MemberPrincipal>();
        return !SessionId.TryParse(id, null, out var session)
            ? Task.FromResult(Problems.Of("not_found"))
            : commands.Run(
                http, _ => new CloseMemberSession(me.Member, session), _ => new SessionClosedAnswer(id));
    }
}
