using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Tests.Http;

/// <summary>Staff, their roles and rights, over HTTP.</summary>
public sealed class PeopleTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    [Fact]
    public async Task Desk_IsInvited_ChoosesAPassword_AndSeesOnlyWhatItMay()
    {
        var (email, invited) = await staff.Invite(new { role = "desk" });
        var token = invited["link"].Split('#')[1];
        var look = (await club.Stranger.Post("/api/invitations/look", new { token })).Ok();
        Assert.Equal((email, "Grâce Ilunga"), (look["email"], look["displayName"]));
        (await staff.Try(email, StaffSteps.Password)).Refused(401, "invalid_credentials");
        var weak = (await club.Stranger.Post("/api/invitations/accept", new { token, password = "short" }))
            .Refused(400, "invalid_request");
        Assert.Contains("too_short", weak.Text, StringComparison.Ordinal);
        (await club.Stranger.Post("/api/invitations/accept", new { token, password = StaffSteps.Password })).Ok();
        (await club.Stranger.Post("/api/invitations/accept", new { token, password = "another password" }))
            .Refused(409, "invitation_ended");

        var desk = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        var session = (await desk.Get("/api/auth/session")).Ok();
        var rights = session.Body.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ToList();
        Assert.Equal(Rights.All.Where(right => RoleRights.Allows(StaffRole.Desk, right)), rights);
        Assert.DoesNotContain(Rights.Setup, rights);
        (await desk.Post("/api/members", new { firstName = "Ruth", lastName = "Lukusa" })).Ok();
        (await desk.Post("/api/sites", Site())).Refused(403, "forbidden");
        (await desk.Get("/api/staff")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Link_IsWorthNothing_WhenItIsMadeUp()
    {
        var (_, invited) = await staff.Invite(new { role = "desk" });
        foreach (var token in (string[])["x", invited["id"] + ".x", invited["id"] + ".", new string('a', 199)])
        {
            (await club.Stranger.Post("/api/invitations/look", new { token })).Refused(409, "invitation_ended");
            (await club.Stranger.Post("/api/invitations/accept", new { token, password = StaffSteps.Password }))
                .Refused(409, "invitation_ended");
        }
    }

    [Fact]
    public async Task Invite_Repeated_ShowsTheSameLink()
    {
        var body = new
        {
            email = $"same{club.Number()}@club.local",
            displayName = "Same",
            grants = new[] { new { role = "desk" } },
        };
        var one = (await club.Admin.Post("/api/staff", body, ("Idempotency-Key", "invite"))).Ok();
        var two = (await club.Admin.Post("/api/staff", body, ("Idempotency-Key", "invite"))).Ok();
        Assert.Equal(one["link"], two["link"]);
        (await club.Admin.Post("/api/staff", body)).Refused(409, "staff_exists");
    }

    [Fact]
    public async Task RightAtASite_OpensThatSiteOnly()
    {
        var here = (await club.Admin.Post("/api/sites", Site())).Ok()["id"];
        var there = (await club.Admin.Post("/api/sites", Site())).Ok()["id"];
        var manager = await staff.Join(new { role = "manager", siteId = here });

        var zone = (await manager.Post("/api/zones", Zone(here))).Ok()["id"];
        (await manager.Post("/api/zones", Zone(there))).Refused(403, "forbidden");
        (await manager.Post("/api/zones", Zone("ste_" + new string('0', 26)))).Refused(403, "forbidden");
        (await manager.Post("/api/sites", Site())).Refused(403, "forbidden");
        (await manager.Post("/api/plans", Plan(zone))).Refused(403, "forbidden");
        var gate = (await manager.Post("/api/gates", Gate(here, zone))).Ok()["id"];
        (await manager.Post($"/api/gates/{gate}/disable")).Ok();
        var otherZone = (await club.Admin.Post("/api/zones", Zone(there))).Ok()["id"];
        (await manager.Post("/api/gates", Gate(here, otherZone))).Refused(403, "forbidden");
        var change = new { name = "Bassin", antiPassback = "off", forgivenessMinutes = 0 };
        (await manager.Post($"/api/zones/{zone}", change)).Ok();
        (await manager.Post($"/api/zones/{otherZone}", change)).Refused(403, "forbidden");
        var other = (await club.Admin.Post("/api/gates", Gate(there, otherZone))).Ok()["id"];
        (await manager.Post($"/api/gates/{other}/disable")).Refused(403, "forbidden");
        (await manager.Post($"/api/gates/{gate}", Gate(here, zone))).Ok();
        (await manager.Post($"/api/gates/{other}", Gate(there, otherZone))).Refused(403, "forbidden");
        (await manager.Post($"/api/gates/{gate}", Gate(here, otherZone))).Refused(403, "forbidden");
        (await manager.Post($"/api/sites/{here}", Site())).Ok();
        (await manager.Post($"/api/sites/{there}", Site())).Refused(403, "forbidden");
        var plan = (await club.Admin.Post("/api/plans", Plan(zone))).Ok()["id"];
        (await manager.Post($"/api/plans/{plan}", Plan(zone))).Refused(403, "forbidden");
        (await manager.Post($"/api/plans/{plan}/retire")).Refused(403, "forbidden");
        (await manager.Post($"/api/gates/{other}/key")).Refused(403, "forbidden");
        (await manager.Post("/api/members", new { firstName = "Ruth", lastName = "Lukusa" })).Ok();
    }

    [Fact]
    public async Task RightOfTheWholeClub_AtASite_AllowsNothing()
    {
        var here = (await club.Admin.Post("/api/sites", Site())).Ok()["id"];
        var somebody = await staff.Join(new { right = "staff.write", siteId = here });
        (await somebody.Get("/api/staff")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Grant_EndsWhenItsTimeIsUp()
    {
        var helper = await staff.Join(new { role = "desk", until = club.Clock.GetUtcNow().AddMinutes(5) });
        (await helper.Get("/api/members")).Ok();
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddMinutes(5));
        (await helper.Get("/api/members")).Refused(403, "forbidden");
        (await helper.Get("/api/auth/session")).Ok();
    }

    [Fact]
    public async Task OwnRole_IsGiven_AndChangesForEverybodyAtOnce()
    {
        object Coach(string right) => new { name = "Coach", rights = new[] { right } };
        var role = (await club.Admin.Post("/api/roles", Coach("members.read"))).Ok();
        var coach = await staff.Join(new { role = role["id"] });
        (await coach.Get("/api/members")).Ok();
        (await coach.Get("/api/live")).Refused(403, "forbidden");
        (await club.Admin.Post($"/api/roles/{role["id"]}", Coach("live.read"))).Ok();
        (await coach.Get("/api/members")).Refused(403, "forbidden");
        (await coach.Get("/api/live")).Ok();
        (await club.Admin.Post("/api/roles", new { name = "X", rights = new[] { "x" } })).Refused(422, "unknown_right");
        var listed = (await club.Admin.Get("/api/roles")).Ok();
        Assert.Equal(
            ["administrator", "manager", "cashier", "desk", role["id"]],
            listed.Items.Select(r => r.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Nobody_GivesMoreThanTheyHave_OrTakesOverWhoHasMore()
    {
        var chief = await staff.Join(new { right = "staff.write" }, new { role = "desk" });
        object Body(object grant) => new
        {
            email = $"x{club.Number()}@club.local",
            displayName = "X",
            grants = new[] { grant },
        };
        (await chief.Post("/api/staff", Body(new { role = "desk" }))).Ok();
        (await chief.Post("/api/staff", Body(new { role = "administrator" }))).Refused(403, "grant_exceeds_own");
        (await chief.Post("/api/staff", Body(new { right = "setup.write" }))).Refused(403, "grant_exceeds_own");
        (await chief.Post("/api/roles", new { name = "X", rights = new[] { "setup.write" } }))
            .Refused(403, "grant_exceeds_own");
        var admin = (await club.Admin.Get("/api/auth/session")).Ok()["staffId"];
        (await chief.Post($"/api/staff/{admin}/invitation")).Refused(403, "grant_exceeds_own");
        (await chief.Post($"/api/staff/{admin}/disable", new { reason = "x" })).Refused(403, "grant_exceeds_own");
        var self = (await chief.Get("/api/auth/session")).Ok()["staffId"];
        (await chief.Post($"/api/staff/{self}/grants", new { grants = new[] { new { role = "desk" } } }))
            .Refused(403, "own_access");
    }

    [Fact]
    public async Task Lock_EndsSessionsAtOnce_AndKeepsOut()
    {
        var (email, _) = await staff.Invited(new { role = "desk" });
        var desk = staff.As((await staff.Try(email, StaffSteps.Password)).Ok());
        var id = (await desk.Get("/api/auth/session")).Ok()["staffId"];
        (await club.Admin.Post($"/api/staff/{id}/disable", new { reason = "Parti" })).Ok();
        (await desk.Get("/api/members")).Refused(401, "not_signed_in");
        (await staff.Try(email, StaffSteps.Password)).Refused(403, "staff_disabled");
        (await staff.Try(email, "not the password")).Refused(401, "invalid_credentials");
        (await club.Admin.Post($"/api/staff/{id}/enable")).Ok();
        (await staff.Try(email, StaffSteps.Password)).Ok();
    }

    private object Site() => new { name = $"Site {club.Number()}", timeZone = "Africa/Kinshasa", currency = "USD" };

    private object Zone(string siteId) => new
    {
        siteId,
        name = $"Zone {club.Number()}",
        antiPassback = "off",
        forgivenessMinutes = 0,
    };

    private object Gate(string siteId, string zoneId) => new
    {
        name = $"Gate {club.Number()}",
        siteId,
        zoneId,
        direction = "in",
        confirmsPassage = false,
    };

    private static object Plan(string zoneId) => new
    {
        name = "Plan",
        months = 1,
        price = new { amount = 100, currency = "USD" },
        entitlements = new[] { new { zoneId } },
    };
}
