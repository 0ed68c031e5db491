using SmartClub.Tests.Support;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Tests.Http;

/// <summary>How members get in on their phones, and who does not.</summary>
public sealed class MemberSignInTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Code_OpensASession_Once_InAnyLettersOfTheAddress()
    {
        var (member, address) = await club.MemberWithAddress();
        var mail = await club.Mail(address);
        var code = MemberPhone.Code(mail);
        var opened = await club.Stranger.Post(
            "/api/me/session", new { email = address.ToUpperInvariant(), code });
        Assert.Equal(member, opened.Ok()["memberId"]);
        Assert.Contains(opened.Headers.GetValues("Set-Cookie"), c =>
            c.StartsWith("smartclub_member=", StringComparison.Ordinal) && c.Contains("httponly")
            && c.Contains("samesite=strict"));
        (await club.Stranger.Post("/api/me/session", new { email = address, code })).Refused(401, "invalid_code");
    }

    [Fact]
    public async Task Link_OpensASession_Once()
    {
        var (member, address) = await club.MemberWithAddress();
        var link = MemberPhone.Link(await club.Mail(address, "en"));
        var other = link[..^3] + (link[^3] == 'A' ? "B" : "A") + link[^2..];
        (await club.Stranger.Post("/api/me/session", new { link = other })).Refused(401, "invalid_code");
        Assert.Equal(member, (await club.Stranger.Post("/api/me/session", new { link })).Ok()["memberId"]);
        (await club.Stranger.Post("/api/me/session", new { link })).Refused(401, "invalid_code");
    }

    [Fact]
    public async Task Mail_SpeaksTheLanguage_OfThePhoneOrThatWasChosen()
    {
        var (_, address) = await club.MemberWithAddress();
        Assert.Contains("votre code", (await club.Mail(address))["subject"], StringComparison.Ordinal);
        var english = await club.Mail(address, "en");
        Assert.Contains("is your code", english["subject"], StringComparison.Ordinal);
        var phone = new MemberPhone(club);
        await phone.SignIn(address);
        (await phone.Me.Post("/api/me/language", new { language = "en" })).Ok();
        Assert.Contains("is your code", (await club.Mail(address))["subject"], StringComparison.Ordinal);
        (await phone.Me.Post("/api/me/language", new { language = "de" })).Refused(422, "unknown_language");
    }

    [Fact]
    public async Task Stranger_LearnsNothing_FromAnAddress()
    {
        var (_, address) = await club.MemberWithAddress();
        var nobody = $"nobody{club.Number()}@example.org";
        var known = await club.Stranger.Post("/api/me/sign-in", new { email = address });
        var unknown = await club.Stranger.Post("/api/me/sign-in", new { email = nobody });
        Assert.Equal((known.Status, known.Text), (unknown.Status, unknown.Text));
        var wrong = await club.Stranger.Post("/api/me/session", new { email = address, code = "000000" });
        var none = await club.Stranger.Post("/api/me/session", new { email = nobody, code = "000000" });
        Assert.Equal((wrong.Status, wrong.Text), (none.Status, none.Text));
        Assert.Empty(await club.Mails(nobody));
    }

    [Fact]
    public async Task Guessing_EndsTheMail_AndIsThenRefusedForAWhile()
    {
        var (_, address) = await club.MemberWithAddress();
        var code = MemberPhone.Code(await club.Mail(address));
        for (var guess = 0; guess < DomainLimits.SignInFailures; guess++)
        {
            (await Try("999 999")).Refused(401, "invalid_code");
        }

        (await Try(code)).Refused(401, "invalid_code");
        Reply answer;
        var more = 0;
        while ((answer = await Try("999 999")).Status == 401)
        {
            Assert.True(more++ < 10, "Nobody stops the guesser.");
        }

        answer.Refused(429, "too_many_attempts");
        Assert.Contains(answer.Headers, h => h.Key == "Retry-After");

        Task<Reply> Try(string digits) =>
            club.Stranger.Post("/api/me/session", new { email = address, code = digits });
    }

    [Fact]
    public async Task FamilyOnOneAddress_GetsACodeForEach()
    {
        var (_, address) = await club.MemberWithAddress();
        await club.MemberWithAddress(address);
        await club.Mail(address);
        var mails = await Both().Happens("both mails arrive");
        var members = new HashSet<string>();
        foreach (var id in mails)
        {
            var code = MemberPhone.Code((await club.Admin.Get($"/api/outbox/{id}")).Ok());
            members.Add((await club.Stranger.Post("/api/me/session", new { email = address, code })).Ok()["memberId"]);
        }

        Assert.Equal(2, members.Count);

        async Task<IReadOnlyList<string>> Both()
        {
            while (true)
            {
                if (await club.Mails(address) is { Count: 2 } both)
                {
                    return both;
                }
            }
        }
    }

    [Fact]
    public async Task Session_OutlivesARestart_AndEndsBySigningOut()
    {
        var (member, phone) = await MemberPhone.Of(club);
        await club.Restart();
        var me = (await phone.Me.Get("/api/me")).Ok();
        Assert.Equal(member, me["id"]);
        Assert.Single(me.Body.GetProperty("passKeys").EnumerateArray());
        Assert.True(me.Body.GetProperty("sessions")[0].GetProperty("current").GetBoolean());
        (await phone.Me.Post("/api/me/sign-out")).Ok();
        (await phone.Me.Get("/api/me")).Refused(401, "not_signed_in");
    }

    [Fact]
    public async Task Cookie_NeedsTheAntiforgeryToken_ToChangeAnything()
    {
        var (_, address) = await club.MemberWithAddress();
        var code = MemberPhone.Code(await club.Mail(address));
        var opened = (await club.Stranger.Post("/api/me/session", new { email = address, code })).Ok();
        var cookie = $"smartclub_member={opened["accessToken"]}";
        var bare = new Api(() => club.Silo.Http, null, cookie);
        (await bare.Get("/api/me")).Ok();
        (await bare.Post("/api/me/language", new { language = "en" })).Refused(403, "antiforgery_failed");
        var page = new Api(() => club.Silo.Http, null, cookie, opened["antiforgery"]);
        (await page.Post("/api/me/language", new { language = "en" })).Ok();
    }

    [Fact]
    public async Task Member_ReachesOnlyWhatIsTheirs()
    {
        var (_, phone) = await MemberPhone.Of(club);
        var (_, other) = await MemberPhone.Of(club);
        (await phone.Me.Post($"/api/me/pass-keys/{other.KeyId}/revoke")).Refused(404, "not_found");
        var session = (await other.Me.Get("/api/me")).Body.GetProperty("sessions")[0].GetProperty("id").GetString();
        (await phone.Me.Post($"/api/me/sessions/{session}/close")).Ok();
        (await other.Me.Get("/api/me")).Ok();
        (await phone.Me.Get("/api/members?query=Ruth")).Refused(401, "not_signed_in");
    }

    [Fact]
    public async Task PassKey_NeedsAFreshSignIn_AndAPointOfTheCurve_AndAPlace()
    {
        var (_, phone) = await MemberPhone.Of(club);
        var again = await phone.Me.Post("/api/me/pass-keys", new { publicKey = phone.Jwk });
        Assert.Equal(phone.KeyId, again.Ok()["id"]);
        var noPoint = new { kty = "EC", crv = "P-256", x = new string('A', 43), y = new string('A', 43) };
        (await phone.Me.Post("/api/me/pass-keys", new { publicKey = noPoint })).Refused(400, "invalid_pass_key");
        using var second = new MemberPhone(club);
        using var third = new MemberPhone(club);
        (await phone.Me.Post("/api/me/pass-keys", new { publicKey = second.Jwk })).Ok();
        (await phone.Me.Post("/api/me/pass-keys", new { publicKey = third.Jwk })).Refused(409, "too_many_pass_keys");
        (await phone.Me.Post($"/api/me/pass-keys/{phone.KeyId}/revoke")).Ok();
        club.Clock.MoveTo(club.Clock.GetUtcNow() + DomainLimits.EnrolmentWindow + TimeSpan.FromSeconds(1));
        (await phone.Me.Post("/api/me/pass-keys", new { publicKey = third.Jwk })).Refused(403, "sign_in_again");
    }
}
