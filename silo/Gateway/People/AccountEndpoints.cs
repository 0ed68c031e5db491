using Microsoft.AspNetCore.Http.Features;
using OtpNet;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.People;

/// <summary>What somebody signs in with.</summary>
public sealed record AccountAnswer(
    string Id, string Email, string DisplayName, bool HasTotp, int RecoveryCodesLeft, bool MustHaveSecondFactor,
    IReadOnlyList<PasskeyAnswer> Passkeys);

/// <summary>A passkey.</summary>
public sealed record PasskeyAnswer(string Key, string Name, DateTimeOffset AddedAt);

/// <summary>Another password, proven by the present one.</summary>
public sealed record PasswordRequest(string? CurrentPassword, string? NewPassword);

/// <summary>Proof that whoever sits at the screen is still its owner.</summary>
public sealed record ProofRequest(string? Password);

/// <summary>The secret of one-time codes, proven by a code of it.</summary>
public sealed record TotpRequest(string? Password, string? Secret, string? Code);

/// <summary>A secret for one-time codes, and the same as a link that an authenticator takes.</summary>
public sealed record TotpAnswer(string Secret, string Uri);

/// <summary>Recovery codes, shown this once.</summary>
public sealed record RecoveryCodesAnswer(IReadOnlyList<string> RecoveryCodes);

/// <summary>What everybody does with their own account.</summary>
public static class AccountEndpoints
{
    private const int PasswordLength = 1_000;
    private const int SecretBytes = 20;

    /// <summary>Maps the calls.</summary>
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").WithTags("Account");
        account.MapGet("/", Get).Requires(Rights.Account)
            .Documented("GetAccount", "What one signs in with.").Produces<AccountAnswer>().IsRead();
        account.MapPost("/password", SetPassword).Requires(Rights.Account)
            .Documented("SetPassword", "Sets another password and ends the other sessions.")
            .TakesBody<PasswordRequest>().Produces(204).IsCommand().Refuses(429);
        account.MapPost("/totp", BeginTotp).Requires(Rights.Account)
            .Documented("BeginTotp", "A new secret for one-time codes; it counts once a code of it was shown.")
            .TakesBody<ProofRequest>().Produces<TotpAnswer>().IsRead().Refuses(429);
        account.MapPost("/totp/confirm", SetTotp).Requires(Rights.Account)
            .Documented("SetTotp", "Turns one-time codes on, and shows new recovery codes once.")
            .TakesBody<TotpRequest>().Produces<RecoveryCodesAnswer>().IsCommand().Refuses(429);
        account.MapPost("/totp/remove", RemoveTotp).Requires(Rights.Account)
            .Documented("RemoveTotp", "Turns one-time codes off.")
            .TakesBody<ProofRequest>().Produces(204).IsCommand().Refuses(429);
        account.MapPost("/recovery-codes", SetRecoveryCodes).Requires(Rights.Account)
            .Documented("SetRecoveryCodes", "New recovery codes, shown once; the ones before end.")
            .TakesBody<ProofRequest>().Produces<RecoveryCodesAnswer>().IsCommand().Refuses(429);
    }

    /// <summary>Notes what is wrong with a password that somebody has chosen.</summary>
    public static string NewPassword(this FieldChecks fields, string field, string? password)
    {
        var text = fields.Text(field, password, PasswordLength);
        if (text.Length is > 0 and < Limits.PasswordLength)
        {
            fields.Wrong(field, "too_short");
        }

        return text;
    }

    /// <summary>Goes on with a request whose password is that of who is signed in.</summary>
    public static Task<IResult> WithProof(
        this FieldChecks fields, HttpContext http, string? password, SignIn signIn,
        Func<StaffPrincipal, Task<IResult>> next, string field = "password")
    {
        var proof = fields.Text(field, password, PasswordLength);
        return fields.Then(async () =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
            return await signIn.IsWrong(http, principal.Staff, proof) switch
            {
                null => await next(principal),
                ProblemResult { Code: "invalid_credentials" } =>
                    Problems.Of("invalid_request", [Problems.Field(http.Request, field, "wrong_password")]),
                var problem => problem,
            };
        });
    }

    private static async Task<IResult> Get(
        HttpContext http, string? after, IGrains grains, ReadAfter reads, TimeProvider time, CancellationToken cancel)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        var now = time.GetUtcNow();
        return await reads.Then(
            after,
            async () => Results.Json(
                await grains.Read<StaffState, AccountAnswer>(principal.Staff.Grain, staff => new AccountAnswer(
                    principal.Staff.ToString(),
                    principal.Email,
                    principal.DisplayName,
                    staff.TotpSecret is not null,
                    staff.RecoveryHashes.Count,
                    staff.MustHaveSecondFactor(now),
                    [.. staff.Passkeys.Select(p => new PasskeyAnswer(p.Key, p.Name ?? "", p.AddedAt))])),
                ApiJson.Options),
            cancel);
    }

    private static Task<IResult> SetPassword(
        HttpContext http, CommandRunner commands, SignIn signIn, ClubKeys keys, Passwords passwords) =>
        http.WithBody<PasswordRequest>((body, fields) =>
        {
            var chosen = fields.NewPassword("newPassword", body.NewPassword);
            return fields.WithProof(
                http,
                body.CurrentPassword,
                signIn,
                async principal =>
                {
                    using var turn = await passwords.Turn(http.RequestAborted);
                    return turn is null ? Problems.Of("overloaded") : await commands.Run(
                        http,
                        id => new SetPassword(
                            principal.Staff, principal.Session,
                            Passwords.Hash(chosen, Secrets.Of(keys, "password-salt", id)[..Passwords.SaltBytes])),
                        _ => (object?)null);
                },
                "currentPassword");
        });

    private static Task<IResult> BeginTotp(HttpContext http, SignIn signIn, SiloSettings settings) =>
        http.WithBody<ProofRequest>((body, fields) => fields.WithProof(http, body.Password, signIn, principal =>
        {
            var secret = Passwords.NewTotpSecret();
            var issuer = Uri.EscapeDataString(settings.ClubName ?? "SmartClub");
            var name = Uri.EscapeDataString(principal.Email);
            var uri = $"otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}";
            return Task.FromResult(Results.Json(new TotpAnswer(secret, uri), ApiJson.Options));
        }));

    private static Task<IResult> SetTotp(
        HttpContext http, CommandRunner commands, SignIn signIn, ClubKeys keys, TimeProvider time) =>
        http.WithBody<TotpRequest>((body, fields) =>
        {
            var secret = fields.Text("secret", body.Secret, DomainLimits.NameLength);
            var code = fields.Text("code", body.Code, DomainLimits.NameLength)
                .Replace(" ", "", StringComparison.Ordinal);
            if (secret.Length > 0 && !IsSecret(secret))
            {
                fields.Wrong("secret", "invalid");
            }
            else if (secret.Length > 0 && code.Length > 0
                && Passwords.CodeStep(secret, code, time.GetUtcNow()) is null)
            {
                fields.Wrong("code", "wrong_code");
            }

            return fields.WithProof(http, body.Password, signIn, principal => RunWithCodes(
                http,
                commands,
                keys,
                hashes => new SetTotp(
                    principal.Staff, secret, Passwords.CodeStep(secret, code, time.GetUtcNow()) ?? 0, hashes)));
        });

    private static Task<IResult> RemoveTotp(HttpContext http, CommandRunner commands, SignIn signIn) =>
        http.WithBody<ProofRequest>((body, fields) => fields.WithProof(http, body.Password, signIn, principal =>
            commands.Run(http, _ => new RemoveTotp(principal.Staff), _ => (object?)null)));

    private static Task<IResult> SetRecoveryCodes(
        HttpContext http, CommandRunner commands, SignIn signIn, ClubKeys keys) =>
        http.WithBody<ProofRequest>((body, fields) => fields.WithProof(http, body.Password, signIn, principal =>
            RunWithCodes(http, commands, keys, hashes => new SetRecoveryCodes(principal.Staff, hashes))));

    private static Task<IResult> RunWithCodes(
        HttpContext http, CommandRunner commands, ClubKeys keys, Func<IReadOnlyList<string>, ICommand<Done>> make)
    {
        IReadOnlyList<string> codes = [];
        return commands.Run(
            http,
            id =>
            {
                codes = RecoveryCodes.Of(keys, id, DomainLimits.RecoveryCodes);
                return make([.. codes.Select(RecoveryCodes.Hash)]);
            },
            _ => new RecoveryCodesAnswer(codes));
    }

    private static bool IsSecret(string secret)
    {
        try
        {
            return Base32Encoding.ToBytes(secret).Length == SecretBytes;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
