using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.People;

/// <summary>The secret of a link.</summary>
public sealed record LinkRequest(string? Token);

/// <summary>Whom a link is for.</summary>
public sealed record LinkAnswer(string Email, string DisplayName);

/// <summary>A password chosen by a link.</summary>
public sealed record AcceptRequest(string? Token, string? Password);

/// <summary>Taking up an invitation: who holds the link is not signed in yet.</summary>
public static class InvitationEndpoints
{
    private const int TokenLength = 200;

    /// <summary>Maps the calls. The token goes in the body, so that it stands in no log.</summary>
    public static void MapInvitations(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/invitations").WithTags("Sign-in");
        invitations.MapPost("/look", Look).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("LookAtInvitation", "Whom an invitation is for.")
            .TakesBody<LinkRequest>().Produces<LinkAnswer>().Refuses(400, 409, 415, 503);
        invitations.MapPost("/accept", Accept).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("AcceptInvitation", "Chooses the password of an account, once.")
            .TakesBody<AcceptRequest>().Produces(204).Refuses(400, 403, 409, 415, 503);
    }

    /// <summary>The page that a token opens.</summary>
    public static string Link(HttpRequest request, string token)
    {
        // Behind the hash: a browser keeps it to itself, and neither proxies nor logs see it.
        return $"{request.Scheme}://{request.Host}/invitation#{token}";
    }

    private static Task<IResult> Look(HttpContext http, SiloHost silo, IGrains grains, TimeProvider time) =>
        !silo.IsActive ? Task.FromResult(Problems.Of("not_active")) : http.WithBody<LinkRequest>((body, fields) =>
        {
            var token = fields.Text("token", body.Token, TokenLength);
            return fields.Then(async () =>
            {
                var (hash, now) = (SignedIn.Hash(token), time.GetUtcNow());
                var found = InvitationTokens.Staff(token) is { } staff
                    ? await grains.Read<StaffState, LinkAnswer?>(staff.Grain, s =>
                        s.Invitation is { } open && open.TokenHash == hash && open.ExpiresAt > now && !s.IsDisabled
                            ? new LinkAnswer(s.Email ?? "", s.DisplayName ?? "")
                            : null)
                    : null;
                http.Response.Headers.CacheControl = "no-store";
                return found is null ? Problems.Of("invitation_ended") : Results.Json(found, ApiJson.Options);
            });
        });

    private static Task<IResult> Accept(
        HttpContext http, SiloHost silo, IGrains grains, Passwords passwords, ClubKeys keys, TimeProvider time) =>
        !silo.IsActive ? Task.FromResult(Problems.Of("not_active")) : http.WithBody<AcceptRequest>((body, fields) =>
        {
            var token = fields.Text("token", body.Token, TokenLength);
            var password = fields.NewPassword("password", body.Password);
            return fields.Then(() => TakeUp(http, token, password, grains, passwords, keys, time));
        });

    private static async Task<IResult> TakeUp(
        HttpContext http, string token, string password, IGrains grains, Passwords passwords, ClubKeys keys,
        TimeProvider time)
    {
        // A stranger must not be able to make us hash, so the link is looked at first.
        var hash = SignedIn.Hash(token);
        if (InvitationTokens.Staff(token) is not { } staff
            || !await grains.Read<StaffState, bool>(staff.Grain, s => s.Invitation?.TokenHash == hash))
        {
            return Problems.Of("invitation_ended");
        }

        using var turn = await passwords.Turn(http.RequestAborted);
        if (turn is null)
        {
            return Problems.Of("overloaded");
        }

        var id = CommandIds.New();
        var salt = Secrets.Of(keys, "password-salt", id)[..Passwords.SaltBytes];
        try
        {
            var accepted = await grains.Send(
                new AcceptInvitation(staff, hash, Passwords.Hash(password, salt)),
                new Envelope(id, Caller.Staff(staff))).WaitAsync(Limits.OutcomeWait, time, http.RequestAborted);
            return accepted.Answer.Refusal is { } refusal
                ? Problems.Of(refusal)
                : Results.NoContent();
        }
        catch (TimeoutException)
        {
            return Problems.Of("outcome_open");
        }
    }
}
