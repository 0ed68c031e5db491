using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.People.Passkeys;

/// <summary>What an authenticator answered (JSON), and the ticket of the question.</summary>
public sealed record PasskeySignInRequest(string? Ticket, string? Credential);

/// <summary>The same for a new passkey, with what its owner calls it.</summary>
public sealed record PasskeyRequest(string? Ticket, string? Credential, string? Name);

/// <summary>A passkey was added; recovery codes come along where there were none, and are shown once.</summary>
public sealed record PasskeyAddedAnswer(string Key, IReadOnlyList<string>? RecoveryCodes);

/// <summary>Signing in by passkey, and having passkeys.</summary>
public static class PasskeyEndpoints
{
    private const int TicketLength = 2_000;
    private const int CredentialLength = 16_000;
    private const int KeyLength = 1_400;

    /// <summary>Maps the calls.</summary>
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth/passkey").WithTags("Sign-in");
        auth.MapPost("/question", AskForSignIn).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("AskForPasskey", "A question that a passkey of this club answers; good for some minutes.")
            .Produces<PasskeyQuestion>().Refuses(503);
        auth.MapPost("/", SignIn).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("LogInWithPasskey", "Opens a session with a passkey, which is password and code in one.")
            .TakesBody<PasskeySignInRequest>().Produces<LoginAnswer>().Refuses(400, 401, 403, 415, 503);

        var account = routes.MapGroup("/account/passkeys").WithTags("Account");
        account.MapPost("/question", AskForNew).Requires(Rights.Account)
            .Documented("AskForNewPasskey", "A question that makes a new passkey; good for some minutes.")
            .TakesBody<ProofRequest>().Produces<PasskeyQuestion>().IsRead().Refuses(429);
        account.MapPost("/", Add).Requires(Rights.Account)
            .Documented("AddPasskey", "Adds the passkey that was made; shows recovery codes where there were none.")
            .TakesBody<PasskeyRequest>().Produces<PasskeyAddedAnswer>().IsCommand();
        account.MapPost("/{key}/remove", Remove).Requires(Rights.Account)
            .Documented("RemovePasskey", "Takes a passkey away.")
            .TakesBody<ProofRequest>().Produces(204).IsCommand().Refuses(429);
    }

    private static async Task<IResult> AskForSignIn(HttpContext http, PasskeyDesk desk) =>
        Results.Json(await desk.AskForSignIn(http), ApiJson.Options);

    private static Task<IResult> SignIn(HttpContext http, PasskeyDesk desk, SignIn signIn) =>
        http.WithBody<PasskeySignInRequest>((body, fields) =>
        {
            var ticket = fields.Text("ticket", body.Ticket, TicketLength);
            var credential = fields.Text("credential", body.Credential, CredentialLength);
            return fields.Then(async () => await desk.Who(http, ticket, credential) is { } proven
                ? await signIn.OpenSession(
                    http, proven.Staff, new SecondFactor(Passkey: proven.Use), PasskeyDesk.Session(ticket))
                : Problems.Of("passkey_refused"));
        });

    private static Task<IResult> AskForNew(HttpContext http, PasskeyDesk desk, SignIn signIn) =>
        http.WithBody<ProofRequest>((body, fields) => fields.WithProof(
            http, body.Password, signIn, async who => Results.Json(await desk.AskForNew(http, who), ApiJson.Options)));

    // Whoever has the ticket has shown the password for it a moment ago, in this account.
    private static Task<IResult> Add(HttpContext http, PasskeyDesk desk, CommandRunner commands, ClubKeys keys) =>
        http.WithBody<PasskeyRequest>((body, fields) =>
        {
            var ticket = fields.Text("ticket", body.Ticket, TicketLength);
            var credential = fields.Text("credential", body.Credential, CredentialLength);
            var name = fields.Name("name", body.Name);
            return fields.Then(async () =>
            {
                var who = http.Features.GetRequiredFeature<StaffPrincipal>();
                if (await desk.New(http, who, ticket, credential) is not { } made)
                {
                    return Problems.Of("passkey_refused");
                }

                IReadOnlyList<string> codes = [];
                return await commands.Run(
                    http,
                    id =>
                    {
                        codes = RecoveryCodes.Of(keys, id, DomainLimits.RecoveryCodes);
                        return new AddPasskey(
                            who.Staff, made.Key, name, made.Record, [.. codes.Select(RecoveryCodes.Hash)]);
                    },
                    added => new PasskeyAddedAnswer(made.Key, added.HasNewCodes ? codes : null));
            });
        });

    private static Task<IResult> Remove(HttpContext http, string key, CommandRunner commands, SignIn signIn) =>
        http.WithBody<ProofRequest>((body, fields) =>
        {
            _ = fields.Text("key", key, KeyLength);
            return fields.WithProof(http, body.Password, signIn, who =>
                commands.Run(http, _ => new RemovePasskey(who.Staff, key), _ => (object?)null));
        });
}
