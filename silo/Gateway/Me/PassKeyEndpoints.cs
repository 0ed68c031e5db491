using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>The public half of a phone's key, as the browser exports it. A private half is refused unread.</summary>
public sealed record JwkRequest(string? Kty, string? Crv, string? X, string? Y, string? D = null);

/// <summary>A phone that wants to show passes.</summary>
public sealed record PassKeyRequest(JwkRequest? PublicKey, string? Device = null);

/// <summary>A phone whose passes are worth nothing any more.</summary>
public sealed record PassKeyRevokedAnswer(string Id, bool Revoked);

/// <summary>A member who is signed out everywhere.</summary>
public sealed record SignedOutEverywhereAnswer(string Id);

/// <summary>Keys of members' phones: by the member, and by staff when a phone is lost.</summary>
public static class PassKeyEndpoints
{
    private const int CoordinateLength = 43;

    /// <summary>Maps the calls.</summary>
    public static void MapPassKeys(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/me/pass-keys").WithTags("Member app");
        mine.MapPost("/", Add).ForMembers()
            .Documented("AddPassKey", "Lets this phone show passes; its member must have signed in just now.")
            .TakesBody<PassKeyRequest>().Produces<CreatedAnswer>().IsCommand();
        mine.MapPost("/{id}/revoke", RevokeMine).ForMembers()
            .Documented("RevokePassKey", "Makes the passes of a phone worthless.")
            .Produces<PassKeyRevokedAnswer>().IsCommand();
        var members = routes.MapGroup("/members/{id}").WithTags("Members");
        members.MapPost("/pass-keys/{keyId}/revoke", RevokeFor).Requires(Rights.CredentialsWrite)
            .Documented("RevokeMemberPassKey", "Makes the passes of a member's lost phone worthless.")
            .Produces<PassKeyRevokedAnswer>().IsCommand();
        members.MapPost("/sign-out", SignOut).Requires(Rights.MembersWrite)
            .Documented("SignMemberOutEverywhere", "Signs a member out on all their phones.")
            .Produces<SignedOutEverywhereAnswer>().IsCommand();
    }

    private static Task<IResult> Add(HttpContext http, CommandRunner commands) =>
        http.WithBody<PassKeyRequest>((body, fields) =>
        {
            var me = http.Features.GetRequiredFeature<MemberPrincipal>();
            var x = fields.Text("publicKey.x", body.PublicKey?.X, CoordinateLength);
            var y = fields.Text("publicKey.y", body.PublicKey?.Y, CoordinateLength);
            var device = fields.OptionalText("device", body.Device, DomainLimits.DeviceLength);
            var isPoint = PassPublicKey.TryRead(x, y, out var key);
            return fields.Then(() => isPoint && body.PublicKey is { Kty: "EC", Crv: "P-256", D: null }
                ? commands.Run(
                    http,
                    _ => new AddPassKey(me.Member, key.Stored, device, me.SignedInAt),
                    created => new CreatedAnswer(created.Id.ToString()))
                : Task.FromResult(Problems.Of("invalid_pass_key")));
        });

    // A key that the path names and this member does not have is "not found", also when somebody else has it.
    private static async Task<IResult> RevokeMine(HttpContext http, string id, CommandRunner commands, MeDesk desk)
    {
        var me = http.Features.GetRequiredFeature<MemberPrincipal>().Member;
        return CredentialId.TryParse(id, null, out var key) && await desk.HasPassKey(me, key)
            ? await commands.Run(http, _ => new RevokePassKey(me, key), _ => new PassKeyRevokedAnswer(id, true))
            : Problems.Of("not_found");
    }

    private static async Task<IResult> RevokeFor(
        HttpContext http, string id, string keyId, CommandRunner commands, MeDesk desk) =>
        MemberId.TryParse(id, null, out var member)
        && CredentialId.TryParse(keyId, null, out var key) && await desk.HasPassKey(member, key)
            ? await commands.Run(
                http, _ => new RevokeLostPassKey(member, key), _ => new PassKeyRevokedAnswer(keyId, true))
            : Problems.Of("not_found");

    private static async Task<IResult> SignOut(HttpContext http, string id, CommandRunner commands, MemberDesk desk) =>
        MemberId.TryParse(id, null, out var member) && await desk.Exists(member)
            ? await commands.Run(
                http, _ => new CloseMemberSessions(member), _ => new SignedOutEverywhereAnswer(id))
            : Problems.Of("not_found");
}
