namespace SmartClub.Tests.Http;

/// <summary>Signing in by passkey, which is password and code in one.</summary>
public sealed class PasskeyTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    private string Origin => club.Silo.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Administrator_NeedsNothingButAPasskey()
    {
        var (email, _) = await staff.Invited(new { role = "administrator" });
        var admin = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        (await admin.Get("/api/members")).Refused(403, "second_factor_missing");
        using var phone = new Authenticator(() => Origin);
        var added = await Add(admin, phone);
        Assert.Equal(10, added.Body.GetProperty("recoveryCodes").GetArrayLength());
        (await admin.Get("/api/members")).Ok();
        var kept = (await admin.Get("/api/account")).Ok().Body.GetProperty("passkeys").EnumerateArray().Single();
        Assert.Equal(
            (phone.Id, "Téléphone"), (kept.GetProperty("key").GetString(), kept.GetProperty("name").GetString()));

        var refused = (await staff.Try(email, StaffSteps.Password)).Refused(401, "second_factor_required");
        Assert.Equal("passkey", refused.Body.GetProperty("factors").EnumerateArray().Single().GetString());
        var wrong = (await staff.Try(email, "wrong")).Refused(401, "invalid_credentials");
        Assert.DoesNotContain("factors", wrong.Text, StringComparison.Ordinal);
        var session = (await SignIn(phone)).Ok();
        Assert.Equal(email, session["email"]);
        (await staff.As(session).Get("/api/members")).Ok();
        (await club.Admin.Post($"/api/staff/{session["staffId"]}/disable", new { reason = "essai" })).Ok();
        (await SignIn(phone)).Refused(403, "staff_disabled");
    }

    [Fact]
    public async Task Answer_OpensOneSession_AlsoAfterARestart()
    {
        using var phone = new Authenticator(() => Origin);
        await Add(await staff.Join(new { role = "desk" }), phone);
        var (ticket, options) = await Ask(club.Stranger, "/api/auth/passkey/question", null);
        var credential = phone.Prove(options);
        (await SignIn(ticket, credential)).Ok();
        (await SignIn(ticket, credential)).Refused(401, "passkey_refused");
        var before = Origin;
        await club.Restart();
        (await SignIn(ticket, credential, before)).Refused(401, "passkey_refused");
        (ticket, options) = await Ask(club.Stranger, "/api/auth/passkey/question", null);
        (await SignIn(ticket, phone.Prove(options))).Ok();
        (await SignIn(phone)).Ok();
    }

    [Fact]
    public async Task Answer_MustFitInEverything()
    {
        using var phone = new Authenticator(() => Origin);
        using var elsewhere = new Authenticator(() => "https://club.example.evil");
        using var stranger = new Authenticator(() => Origin);
        var desk = await staff.Join(new { role = "desk" });
        await Add(desk, phone);
        await Refuse(elsewhere, desk);
        phone.IsUnlocked = false;
        (await SignIn(phone)).Refused(401, "passkey_refused");
        phone.IsUnlocked = true;
        phone.Uses = 40;
        (await SignIn(phone)).Ok();

        // A counter that goes back is a copy of the key.
        phone.Uses = 3;
        (await SignIn(phone)).Refused(401, "passkey_refused");
        phone.Uses = 50;
        (await SignIn(stranger)).Refused(401, "passkey_refused");

        var (ticket, options) = await Ask(club.Stranger, "/api/auth/passkey/question", null);
        var (other, _) = await Ask(club.Stranger, "/api/auth/passkey/question", null);
        (await SignIn(other, phone.Prove(options))).Refused(401, "passkey_refused");
        (await SignIn(ticket[..^2] + "AA", phone.Prove(options))).Refused(401, "passkey_refused");
        (await SignIn("tttt", "{}")).Refused(401, "passkey_refused");
        (await SignIn(ticket, "[1]")).Refused(401, "passkey_refused");
        var late = phone.Prove(options);
        club.Clock.MoveTo(club.Clock.GetUtcNow() + SmartClub.Silo.Limits.PasskeyLife + TimeSpan.FromSeconds(2));
        (await SignIn(ticket, late)).Refused(401, "passkey_refused");
        (await SignIn(phone)).Ok();
    }

    [Fact]
    public async Task Passkey_IsAddedAndTakenAway_OnlyByWhoKnowsThePassword()
    {
        using var phone = new Authenticator(() => Origin);
        var (email, _) = await staff.Invited(new { role = "administrator" });
        var admin = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        (await admin.Post("/api/account/passkeys/question", new { password = "wrong" }))
            .Refused(400, "invalid_request");

        // The question that one account was asked is no good in another.
        var (ticket, options) = await Ask(admin, "/api/account/passkeys/question", StaffSteps.Password);
        var other = await staff.Join(new { role = "desk" });
        var made = new { ticket, credential = phone.Make(options), name = "Téléphone" };
        (await other.Post("/api/account/passkeys", made, ("Origin", Origin))).Refused(401, "passkey_refused");
        var key = ("Idempotency-Key", "one intent");
        var first = (await admin.Post("/api/account/passkeys", made, ("Origin", Origin), key)).Ok();
        Assert.Equal(first.Text, (await admin.Post("/api/account/passkeys", made, ("Origin", Origin), key)).Ok().Text);

        var path = $"/api/account/passkeys/{phone.Id}/remove";
        (await admin.Post(path, new { password = "wrong" })).Refused(400, "invalid_request");
        (await admin.Post(path, new { password = StaffSteps.Password })).Refused(409, "second_factor_obligatory");
        await staff.TurnOnCodes(admin);
        (await admin.Post(path, new { password = StaffSteps.Password })).Ok();
        (await SignIn(phone)).Refused(401, "passkey_refused");
        (await admin.Post(path, new { password = StaffSteps.Password })).Refused(422, "unknown_passkey");
    }

    private async Task<Reply> Add(Api who, Authenticator phone)
    {
        var (ticket, options) = await Ask(who, "/api/account/passkeys/question", StaffSteps.Password);
        var made = new { ticket, credential = phone.Make(options), name = "Téléphone" };
        return (await who.Post("/api/account/passkeys", made, ("Origin", Origin))).Ok();
    }

    private async Task Refuse(Authenticator phone, Api who)
    {
        var (ticket, options) = await Ask(who, "/api/account/passkeys/question", StaffSteps.Password);
        var made = new { ticket, credential = phone.Make(options), name = "Téléphone" };
        (await who.Post("/api/account/passkeys", made, ("Origin", Origin))).Refused(401, "passkey_refused");
    }

    private static async Task<(string Ticket, string Options)> Ask(Api who, string path, string? password)
    {
        var asked = (await who.Post(path, password is null ? null : new { password })).Ok();
        return (asked["ticket"], asked["options"]);
    }

    private async Task<Reply> SignIn(Authenticator phone)
    {
        var (ticket, options) = await Ask(club.Stranger, "/api/auth/passkey/question", null);
        return await SignIn(ticket, phone.Prove(options));
    }

    private Task<Reply> SignIn(string ticket, string credential, string? origin = null) =>
        club.Stranger.Post("/api/auth/passkey", new { ticket, credential }, ("Origin", origin ?? Origin));
}
