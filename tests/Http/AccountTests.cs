namespace SmartClub.Tests.Http;

/// <summary>What people do with their own account: sessions, password, second factor.</summary>
public sealed class AccountTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    [Fact]
    public async Task Administrator_SetsUpASecondFactor_BeforeAnythingElse()
    {
        var (email, _) = await staff.Invited(new { role = "administrator" });
        var admin = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        Assert.True((await admin.Get("/api/auth/session")).Ok().Body.GetProperty("lacksSecondFactor").GetBoolean());
        (await admin.Get("/api/members")).Refused(403, "second_factor_missing");

        var codes = await staff.TurnOnCodes(admin);
        (await admin.Get("/api/members")).Ok();
        (await staff.Try(email, StaffSteps.Password)).Refused(401, "second_factor_required");
        (await staff.Try(email, StaffSteps.Password, codes[0])).Ok();
        (await staff.Try(email, StaffSteps.Password, codes[0])).Refused(401, "invalid_credentials");
        (await staff.Try(email, StaffSteps.Password, codes[1].ToLowerInvariant().Replace("-", " "))).Ok();
        (await admin.Post("/api/account/totp/remove", new { password = StaffSteps.Password }))
            .Refused(409, "second_factor_obligatory");
        var account = (await admin.Get("/api/account")).Ok().Body;
        Assert.Equal(codes.Count - 2, account.GetProperty("recoveryCodesLeft").GetInt32());
    }

    [Fact]
    public async Task SecondFactor_IsChanged_OnlyByWhoKnowsThePassword()
    {
        var desk = await staff.Join(new { role = "desk" });
        var wrong = (await desk.Post("/api/account/totp", new { password = "wrong" })).Refused(400, "invalid_request");
        Assert.Contains("wrong_password", wrong.Text, StringComparison.Ordinal);
        (await desk.Post("/api/account/recovery-codes", new { password = "wrong" })).Refused(400, "invalid_request");
        var secret = (await desk.Post("/api/account/totp", new { password = StaffSteps.Password })).Ok()["secret"];
        (await desk.Post("/api/account/totp/confirm", new { password = StaffSteps.Password, secret, code = "000000" }))
            .Refused(400, "invalid_request");
        foreach (var weak in new[] { "AAAA", "" })
        {
            var bad = new { password = StaffSteps.Password, secret = weak, code = "000000" };
            (await desk.Post("/api/account/totp/confirm", bad)).Refused(400, "invalid_request");
        }

        Assert.False((await desk.Get("/api/account")).Ok().Body.GetProperty("hasTotp").GetBoolean());
    }

    [Fact]
    public async Task LostFactor_IsResetByAnAdministrator()
    {
        var (email, _) = await staff.Invited(new { role = "desk" });
        var desk = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        await staff.TurnOnCodes(desk);
        var id = (await desk.Get("/api/auth/session")).Ok()["staffId"];
        (await club.Admin.Post($"/api/staff/{id}/second-factor/reset", new { reason = "Téléphone perdu" })).Ok();
        (await desk.Get("/api/account")).Refused(401, "not_signed_in");
        (await staff.Try(email, StaffSteps.Password)).Ok();
    }

    [Fact]
    public async Task Sessions_AreListed_WithDeviceAndPlace_AndEndAtOnce()
    {
        var (email, _) = await staff.Invited(new { role = "desk" });
        var one = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        var phone = (await club.Stranger.Post(
            "/api/auth/login",
            new { email, password = StaffSteps.Password },
            ("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 Safari/604.1"),
            ("X-Forwarded-For", "198.51.100.1, 203.0.113.7"))).Ok();
        var listed = (await one.Get("/api/account/sessions")).Ok();
        Assert.Equal(2, listed.Items.Count);
        var other = listed.Items.Single(s => !s.GetProperty("isThis").GetBoolean());
        Assert.Equal(
            ("Safari, iPhone", "203.0.113.7"),
            (other.GetProperty("device").GetString(), other.GetProperty("place").GetString()));

        (await one.Post($"/api/account/sessions/{other.GetProperty("id").GetString()}/end")).Ok();
        (await staff.As(phone).Get("/api/account")).Refused(401, "not_signed_in");
        Assert.Single((await one.Get("/api/account/sessions")).Ok().Items);
        var second = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        (await one.Post("/api/account/sessions/end-others")).Ok();
        (await second.Get("/api/account")).Refused(401, "not_signed_in");
        (await one.Get("/api/account")).Ok();
    }

    [Fact]
    public async Task Session_IsSeen_AlsoAfterARestart()
    {
        var desk = await staff.Join(new { role = "desk" });
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddMinutes(20));
        (await desk.Get("/api/account")).Ok();
        var seen = await Seen(desk);
        Assert.Equal(club.Clock.GetUtcNow(), seen, TimeSpan.FromMinutes(1));
        await club.Restart();
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddMinutes(1));
        Assert.Equal(club.Clock.GetUtcNow(), await Seen(desk), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Password_IsChanged_AndOthersAreOut()
    {
        var (email, _) = await staff.Invited(new { role = "desk" });
        var one = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        var two = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        (await one.Post("/api/account/password", new { currentPassword = "wrong", newPassword = "another password" }))
            .Refused(400, "invalid_request");
        var body = new { currentPassword = StaffSteps.Password, newPassword = "another password" };
        (await one.Post("/api/account/password", body)).Ok();
        (await two.Get("/api/account")).Refused(401, "not_signed_in");
        (await one.Get("/api/account")).Ok();
        (await staff.Try(email, StaffSteps.Password)).Refused(401, "invalid_credentials");
        (await staff.Try(email, "another password")).Ok();
    }

    [Fact]
    public async Task ViewAs_ShowsWhatAColleagueMay_ReadingOnly()
    {
        var (email, _) = await staff.Invited(new { role = "cashier" });
        var herself = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        var cashier = (await herself.Get("/api/auth/session")).Ok()["staffId"];
        var admin = await club.SignIn(club.FirstLogin);
        (await admin.Post("/api/auth/view-as", new { staffId = cashier, reason = "Elle ne voit pas la caisse" })).Ok();

        var session = (await admin.Get("/api/auth/session")).Ok().Body;
        Assert.Equal("Grâce Ilunga", session.GetProperty("viewsAs").GetProperty("displayName").GetString());
        Assert.Equal("admin@club.local", session.GetProperty("email").GetString());
        (await admin.Get("/api/members")).Ok();
        (await admin.Get("/api/staff")).Refused(403, "forbidden");
        var ruth = new { firstName = "Ruth", lastName = "Lukusa" };
        var member = (await club.Admin.Post("/api/members", ruth)).Ok()["id"];
        (await admin.Post($"/api/members/{member}/memberships", new { })).Refused(403, "viewing_only");
        (await admin.Post("/api/account/sessions/end-others")).Refused(403, "viewing_only");
        (await admin.Post("/api/auth/view-as/end")).Ok();
        (await admin.Get("/api/staff")).Ok();
    }

    private static async Task<DateTimeOffset> Seen(Api somebody) =>
        (await somebody.Get("/api/account/sessions")).Ok().Items.Single().GetProperty("seenAt").GetDateTimeOffset();
}
