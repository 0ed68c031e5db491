using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;

namespace SmartClub.Silo.Gateway;

/// <summary>What anybody may know of the club; null where it was not told.</summary>
public sealed record ClubAnswer(string? Name);

/// <summary>The club, as it presents itself before anybody has signed in.</summary>
public static class ClubEndpoint
{
    /// <summary>Maps the call. A standby answers it too: it asks nothing but the settings.</summary>
    public static void MapClub(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/club", (SiloSettings settings) => Results.Json(
            new ClubAnswer(settings.ClubName), ApiJson.Options)).ForAnyone()
            .WithTags("Club").Documented("GetClub", "The name of the club.").Produces<ClubAnswer>();
}
