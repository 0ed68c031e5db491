using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Http;

/// <summary>How somebody comes to work at a club.</summary>
internal sealed class StaffSteps(HttpClub club)
{
    /// <summary>What they all choose.</summary>
    public const string Password = "a good password";

    public async Task<(string Email, Reply Answer)> Invite(params object[] grants)
    {
        var email = $"desk{club.Number()}@club.local";
        var invited = await club.Admin.Post("/api/staff", new { email, displayName = "Grâce Ilunga", grants });
        return (email, invited.Ok());
    }

    public async Task<(string Email, Reply Answer)> Invited(params object[] grants)
    {
        var (email, invited) = await Invite(grants);
        var token = invited["link"].Split('#')[1];
        (await club.Stranger.Post("/api/invitations/accept", new { token, password = Password })).Ok();
        return (email, invited);
    }

    public async Task<Api> Join(params object[] grants)
    {
        var (email, _) = await Invited(grants);
        return As((await Try(email, Password)).Ok());
    }

    public Api As(Reply login) => new(() => club.Silo.Http, login["accessToken"]);

    public Task<Reply> Try(string email, string password, string? code = null) =>
        club.Stranger.Post("/api/auth/login", new { email, password, code });

    public async Task<IReadOnlyList<string>> TurnOnCodes(Api somebody)
    {
        var secret = (await somebody.Post("/api/account/totp", new { password = Password })).Ok()["secret"];
        var code = club.Code(new FirstLogin("", "", secret));
        var codes = (await somebody.Post("/api/account/totp/confirm", new { password = Password, secret, code })).Ok();
        return [.. codes.Body.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)];
    }
}
