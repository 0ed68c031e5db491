using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>What a new club needs before its first door opens, and whether it is there.</summary>
public static class FirstStepsEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapFirstSteps(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/club/first-steps", Find).Requires(Rights.Setup).WithTags("Club")
            .Documented("GetFirstSteps", "What a new club has of what its first open door needs.")
            .Produces<FirstSteps>().IsRead();

    private static Task<IResult> Find(
        string? after, FirstStepQueries steps, ReadAfter reads, CancellationToken cancel) => reads.Then(
        after, async () => Results.Json(await steps.Find(cancel), ApiJson.Options), cancel);
}
