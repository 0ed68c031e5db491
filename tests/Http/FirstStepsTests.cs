using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>What the first-run guide ticks: what is there, and nothing that only looks like it.</summary>
public sealed class FirstStepsTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Steps_AreTicked_OnceTheyAreTrue()
    {
        await Done();
        var place = await club.Place();
        await Done("site", "zone", "gate", "plan");

        // Who has neither membership nor badge opens nothing, nor does who has one of both.
        var member = await club.Member();
        await Done("site", "zone", "gate", "plan");
        var badge = await club.Badge(member);
        await Done("site", "zone", "gate", "plan");
        await club.Membership(member, place.Plan, club.Clock.Day(5));
        await Done("site", "zone", "gate", "plan");
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        await Done("site", "zone", "gate", "plan", "member");

        // Whom the desk lets in has shown nothing to a door.
        var other = await club.Member("Grâce");
        (await club.Admin.Post(
            $"/api/members/{other}/admit", new { gateId = place.Gate.Id, reason = "Badge oublié" })).Ok();
        await Done("site", "zone", "gate", "plan", "member");
        (await place.Gate.Scan("nobody's")).Decides("deny", "unknown_credential");
        await Done("site", "zone", "gate", "plan", "member");
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
        await Done("site", "zone", "gate", "plan", "member", "door");
    }

    private async Task Done(params string[] steps)
    {
        var after = await new ImportSteps(club).Head();
        var told = (await club.Admin.Get($"/api/club/first-steps?after={after}")).Ok().Body;
        Assert.Equal(steps, told.EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.True)
            .Select(s => s.Name));
    }
}
