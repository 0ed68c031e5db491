using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Journal;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>A badge or code to give.</summary>
/// <param name="Kind"><c>qr</c>, <c>barcode</c>, <c>rfid</c>, <c>nfc</c> or <c>biometric_ref</c>.</param>
/// <param name="Value">What the reader reads, exactly.</param>
public sealed record CredentialRequest(string? Kind, string? Value);

/// <summary>A badge or code that opens no door any more.</summary>
public sealed record CredentialRevokedAnswer(string Id, bool Revoked);

/// <summary>Badges and codes of members.</summary>
public static class CredentialEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapCredentials(this IEndpointRouteBuilder routes)
    {
        var credentials = routes.MapGroup("/members/{id}/credentials").WithTags("Credentials");
        credentials.MapPost("/", Add).Requires(Rights.CredentialsWrite)
            .Documented("AddCredential", "Gives a member a badge or code that nobody else has.")
            .TakesBody<CredentialRequest>().Produces<CreatedAnswer>().IsCommand();
        credentials.MapPost("/{credentialId}/revoke", Revoke).Requires(Rights.CredentialsWrite)
            .Documented("RevokeCredential", "Closes every door to a badge or code, for good.")
            .Produces<CredentialRevokedAnswer>().IsCommand();
    }

    private static Task<IResult> Add(HttpContext http, string id, CommandRunner commands, ClubKeys keys) =>
        !MemberId.TryParse(id, null, out var member)
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<CredentialRequest>((body, fields) =>
            {
                var kind = fields.OneOf<CredentialKind>("kind", body.Kind);
                var value = fields.Text("value", body.Value, DomainLimits.CredentialLength);
                return fields.Then(() => commands.Run(
                    http,
                    _ => new AddCredential(member, CredentialKeys.Of(keys, kind, value), kind, value),
                    created => new CreatedAnswer(created.Id.ToString())));
            });

    private static async Task<IResult> Revoke(
        HttpContext http, string id, string credentialId, CommandRunner commands, MemberDesk desk) =>
        MemberId.TryParse(id, null, out var member)
        && CredentialId.TryParse(credentialId, null, out var credential)
        && await desk.Has(member, credential)
            ? await commands.Run(
                http,
                _ => new RevokeCredential(member, credential),
                _ => new CredentialRevokedAnswer(credentialId, true))
            : Problems.Of("not_found");
}
