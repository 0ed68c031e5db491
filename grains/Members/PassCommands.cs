using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>
/// Gives a phone of the member the right to show rotating passes. A key that is there already gives its own id again.
/// </summary>
/// <param name="MemberId">Whose phone.</param>
/// <param name="PublicKey">The point of P-256, x and y, base64url; the gateway has checked that it is one.</param>
/// <param name="Device">What the phone calls itself.</param>
/// <param name="SignedInAt">When the member proved on this phone who they are.</param>
[Needs(Rights.Member)]
public sealed record AddPassKey(
    MemberId MemberId, string PublicKey, [property: Personal] string? Device, DateTimeOffset SignedInAt)
    : ICommand<Created<CredentialTag>>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A member makes the passes of one of their phones worthless. Twice changes nothing.</summary>
[Needs(Rights.Member)]
public sealed record RevokePassKey(MemberId MemberId, CredentialId PassKeyId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A phone was lost: staff make its passes worthless. Twice changes nothing.</summary>
[Needs(Rights.CredentialsWrite)]
public sealed record RevokeLostPassKey(MemberId MemberId, CredentialId PassKeyId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}
