using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo;
using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Http;

/// <summary>Signing in and out, by token and by cookie.</summary>
public sealed class AuthTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Login_OpensASession_WithPasswordAndCode()
    {
        var answer = await club.LogIn(club.FirstLogin);

        answer.Ok();
        Assert.True(answer.Body.GetProperty("expiresIn").GetInt32() >= 3600);
        Assert.Equal("admin@club.local", answer["email"]);
        Assert.NotEmpty(answer["displayName"]);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"={answer["accessToken"]};", cookie, StringComparison.Ordinal);
        var session = (await As(answer).Get("/api/auth/session")).Ok();
        Assert.Equal("admin@club.local", session["email"]);
        Assert.Equal(answer["antiforgery"], session["antiforgery"]);
    }

    [Fact]
    public async Task Login_AsksForTheSecondFactor_OnlyBehindTheRightPassword()
    {
        var login = club.FirstLogin;
        (await Try(login.Email, login.Password, null)).Refused(401, "second_factor_required");
        (await Try(login.Email, "wrong", null)).Refused(401, "invalid_credentials");
        (await Try(login.Email, login.Password, "000000")).Refused(401, "invalid_credentials");
        (await Try("nobody@club.local", login.Password, null)).Refused(401, "invalid_credentials");
    }

    [Fact]
    public async Task Code_OpensOneSession_AlsoAfterARestartAndInARace()
    {
        var login = await club.Account(StaffRole.Administrator);
        var code = club.Code(login);
        var race = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => club.LogIn(login, code)));
        Assert.Equal([200, 401, 401, 401], race.Select(answer => answer.Status).Order());

        await club.Restart();

        var again = (await club.LogIn(login, code)).Refused(401, "code_already_used");
        Assert.Equal(Texts.Get("fr", "problem.code_already_used"), again.Detail);
        Assert.InRange(again.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        club.Clock.MoveTo(club.Clock.GetUtcNow() + again.Headers.RetryAfter.Delta.Value);
        (await club.LogIn(login, club.Code(login))).Ok();
    }

    [Fact]
    public async Task UsedCode_IsNoGuess()
    {
        var login = await club.Account(StaffRole.Administrator);
        var code = club.Code(login);
        (await club.LogIn(login, code)).Ok();
        for (var i = 0; i < Limits.LoginFailures; i++)
        {
            (await club.LogIn(login, code)).Refused(401, "code_already_used");
        }
    }

    [Fact]
    public async Task Login_MakesGuessersWait_AndNobodyElse()
    {
        for (var i = 0; i < Limits.LoginFailures; i++)
        {
            (await Try("guessed@club.local", "wrong", null)).Refused(401, "invalid_credentials");
        }

        var late = (await Try("guessed@club.local", "wrong", null)).Refused(429, "too_many_attempts");
        Assert.True(late.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        (await club.LogIn(club.FirstLogin)).Ok();
    }

    [Fact]
    public async Task Cookie_NeedsTheAntiforgeryHeader_WhereSomethingChanges()
    {
        var login = (await club.LogIn(club.FirstLogin)).Ok();
        var cookie = $"smartclub_session={login["accessToken"]}";
        var site = new { name = $"Site {club.Number()}", timeZone = "Africa/Kinshasa", currency = "USD" };

        var without = new Api(() => club.Silo.Http, null, cookie);
        (await without.Get("/api/auth/session")).Ok();
        (await without.Post("/api/sites", site)).Refused(403, "antiforgery_failed");
        (await without.Post("/api/auth/logout")).Refused(403, "antiforgery_failed");
        var wrong = new Api(() => club.Silo.Http, null, cookie, "AAAA");
        (await wrong.Post("/api/sites", site)).Refused(403, "antiforgery_failed");
        var right = new Api(() => club.Silo.Http, null, cookie, login["antiforgery"]);
        (await right.Post("/api/sites", site)).Ok();
    }

    [Fact]
    public async Task Session_EndsAtOnce_WhenItIsClosed()
    {
        var one = await club.SignIn(club.FirstLogin);
        var other = await club.SignIn(club.FirstLogin);

        var ended = await one.Post("/api/auth/logout");

        Assert.Equal(204, ended.Status);
        (await one.Get("/api/auth/session")).Refused(401, "not_signed_in");
        (await one.Get("/api/live")).Refused(401, "not_signed_in");
        (await one.Post("/hubs/live/negotiate?negotiateVersion=1")).Refused(401, "not_signed_in");
        (await other.Get("/api/auth/session")).Ok();
    }

    [Fact]
    public async Task Session_SurvivesARestart_AndSoDoesItsEnd()
    {
        var kept = await club.SignIn(club.FirstLogin);
        var ended = await club.SignIn(club.FirstLogin);
        (await ended.Post("/api/auth/logout")).Ok();

        await club.Restart();

        (await kept.Get("/api/auth/session")).Ok();
        (await ended.Get("/api/auth/session")).Refused(401, "not_signed_in");
    }

    [Fact]
    public async Task Session_Ends_WhenNewerOnesPushItOut()
    {
        var login = await club.Account(StaffRole.Administrator);
        var first = await club.SignIn(login);
        for (var i = 0; i < SmartClub.Grains.Model.Limits.SessionsPerStaff; i++)
        {
            (await first.Get("/api/auth/session")).Ok();
            (await club.LogIn(login)).Ok();
        }

        (await first.Get("/api/auth/session")).Refused(401, "not_signed_in");
    }

    [Fact]
    public async Task Stranger_IsTold_InFrenchUnlessEnglishIsAskedFor()
    {
        var french = (await club.Stranger.Get("/api/sites")).Refused(401, "not_signed_in");
        var english = (await club.Stranger.Get("/api/sites", ("Accept-Language", "en-GB,en;q=0.9,fr;q=0.5")))
            .Refused(401, "not_signed_in");

        Assert.Equal(Texts.Get("fr", "problem.not_signed_in"), french.Detail);
        Assert.Equal(Texts.Get("en", "problem.not_signed_in"), english.Detail);
        Assert.Equal(["fr"], french.ContentHeaders.ContentLanguage);
        Assert.Equal(["en"], english.ContentHeaders.ContentLanguage);
        var other = await club.Stranger.Get("/api/sites", ("Accept-Language", "de, ln;q=0.8"));
        Assert.Equal(french.Detail, other.Detail);
    }

    private Api As(Reply login) => new(() => club.Silo.Http, login["accessToken"]);

    private Task<Reply> Try(string email, string password, string? code) =>
        club.Stranger.Post("/api/auth/login", new { email, password, code });
}
