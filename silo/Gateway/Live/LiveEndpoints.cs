using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Hubs;
using SmartClub.Silo.Gateway.Past;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Gateway.Live;

/// <summary>The live page: whole by GET, moving by the hub.</summary>
public static class LiveEndpoints
{
    /// <summary>Registers the board.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<Views.Queries.LiveStart>()
        .AddSingleton<PastSetUp>()
        .AddSingleton<PastGates>()
        .AddSingleton<Views.Queries.GateChangeQueries>()
        .AddSingleton<PastBoard>()
        .AddSingleton<LiveBoard>()
        .AddSingleton<IStartsWithSilo>(p => p.GetRequiredService<LiveBoard>())
        .AddSingleton<UsualDay>()
        .AddSingleton<LiveScreen>();

    /// <summary>Maps the calls.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/live", Page).Requires(Rights.LiveRead).WithTags("Live").WithName("GetLive")
            .WithSummary("The live board: decisions, who is inside, gates; now, or as it was `at` a moment.")
            .Produces<LiveSnapshot>();
        routes.MapGet("/api/sites/{siteId}/usual-day", Usual).Requires(Rights.LiveRead).WithTags("Live")
            .Documented("GetUsualDay", "Today beside what this weekday usually is, half hour by half hour.")
            .Produces<UsualDayAnswer>().IsRead().Refuses(404);
        // It is asked for by POST, and only tells.
        routes.MapHub<LiveHub>("/hubs/live").Requires(Rights.LiveRead).AlsoWhileViewing();
    }

    private static async Task<IResult> Usual(
        HttpContext http, string siteId, UsualDay usual, CancellationToken cancel) =>
        SiteId.TryParse(siteId, null, out var site)
        && http.Features.GetRequiredFeature<StaffPrincipal>().Access.AllowsAt(Rights.LiveRead, site)
        && await usual.Find(site, cancel) is { } found
            ? Results.Json(found, ApiJson.Options)
            : Problems.Of("not_found");

    private static async Task<IResult> Page(
        HttpContext http, long? after, string? at, LiveScreen screen, LiveBoard board, PastBoard past,
        TimeProvider time)
    {
        if (at is not null)
        {
            var fields = new FieldChecks(http.Request);
            var moment = fields.PastMoment("at", at, time.GetUtcNow());
            return await fields.Then(async () =>
                Results.Json(await past.At(moment, http.RequestAborted), ApiJson.Options));
        }

        var began = time.GetTimestamp();
        while (board.Position < after)
        {
            var left = Limits.ViewWait - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw new ViewBehindException();
            }

            await Task.WhenAny(board.Changed(), Task.Delay(left, time));
        }

        return Results.Json(screen.Snapshot(), ApiJson.Options);
    }
}
