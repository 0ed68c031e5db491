using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>Plans that are sold otherwise, or no more; what was sold stays as it was sold.</summary>
public sealed class PlanChangeTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly ImportSteps imports = new(club);

    [Fact]
    public async Task Change_CountsForWhatIsSoldNext()
    {
        var place = await club.Place();
        var before = await club.Guest(place);
        var pool = await club.Zone(place.Site);
        (await Change(place.Plan, "Trimestre", 3, 8_000, pool)).Ok();

        (await place.Gate.Scan(before.Badge)).Decides("grant", "ok");
        var kept = (await club.Admin.Get($"/api/members/{before.Member}")).Ok().Body.GetProperty("memberships")[0];
        Assert.Equal(3_000, kept.GetProperty("price").GetProperty("amount").GetInt64());
        Assert.StartsWith("Premium", kept.GetProperty("planName").GetString(), StringComparison.Ordinal);

        var after = await club.Guest(place, "Ben");
        (await place.Gate.Scan(after.Badge)).Decides("deny", "wrong_zone");
        var sold = (await club.Admin.Get($"/api/members/{after.Member}")).Ok().Body.GetProperty("memberships")[0];
        Assert.Equal(8_000, sold.GetProperty("price").GetProperty("amount").GetInt64());
        Assert.Equal("Trimestre", sold.GetProperty("planName").GetString());
        var lastDay = DateOnly.Parse(club.Clock.Day(-1), null).AddMonths(3).AddDays(-1);
        Assert.Equal($"{lastDay:O}", sold.GetProperty("expiresOn").GetString());
    }

    [Fact]
    public async Task Retired_IsKeptByWhoHasIt_AndSoldToNobody()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        var retired = (await club.Admin.Post($"/api/plans/{place.Plan}/retire")).Ok();
        Assert.True(retired.Body.GetProperty("retired").GetBoolean());

        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        var renewal = new { planId = place.Plan, startsOn = club.Clock.Day(40), paid = true };
        (await club.Admin.Post($"/api/members/{guest.Member}/memberships", renewal)).Refused(409, "plan_retired");
        var trial = await imports.Import($"firstName,lastName,plan\nRuth,Retired,{place.Plan}", "?dryRun=true");
        var wrong = trial.Errors.Single();
        Assert.Equal((2, "plan", "retired_plan"), (wrong.Line, wrong.Column, wrong.Code));

        (await club.Admin.Post($"/api/plans/{place.Plan}/reinstate")).Ok();
        (await club.Admin.Post($"/api/members/{guest.Member}/memberships", renewal)).Ok();
    }

    [Fact]
    public async Task Import_FindsThePlanThatIsSold_WhereARetiredOneHasItsName()
    {
        var zone = await club.Zone(await club.Site());
        var (old, current) = (await club.Plan(zone), await club.Plan(zone));
        (await Change(old, "Étudiant", 1, 1_000, zone)).Ok();
        (await Change(current, "Étudiant", 1, 2_000, zone)).Ok();
        const string Csv = "firstName,lastName,plan\nRuth,Same,etudiant";
        Assert.Equal("several_plans", (await imports.Import(Csv, "?dryRun=true")).Errors.Single().Code);
        (await club.Admin.Post($"/api/plans/{old}/retire")).Ok();
        Assert.Empty((await imports.Import(Csv, "?dryRun=true")).Errors);
        (await club.Admin.Post($"/api/plans/{current}/retire")).Ok();
        Assert.Equal("retired_plan", (await imports.Import(Csv, "?dryRun=true")).Errors.Single().Code);
    }

    [Fact]
    public async Task RetiredPlans_StandLast_AndStayRetired_WithTheirGuests()
    {
        var zone = await club.Zone(await club.Site());
        var plan = await club.Plan(zone);
        (await club.Admin.Post($"/api/plans/{plan}/guests", new { guestsPerPeriod = 2 })).Ok();
        (await club.Admin.Post($"/api/plans/{plan}/retire")).Ok();
        (await Change(plan, "Ancienne", 1, 1_000, zone)).Ok();
        await IsAsSaid();
        await club.Restart();
        await IsAsSaid();

        async Task IsAsSaid()
        {
            var plans = (await club.Admin.Get("/api/plans")).Ok().Items.ToList();
            var shown = plans.Single(p => p.GetProperty("id").GetString() == plan);
            Assert.True(shown.GetProperty("retired").GetBoolean());
            Assert.Equal(2, shown.GetProperty("guestsPerPeriod").GetInt32());
            Assert.Equal("Ancienne", shown.GetProperty("name").GetString());
            Assert.All(plans.SkipWhile(p => !IsRetired(p)), p => Assert.True(IsRetired(p)));
        }
    }

    private static bool IsRetired(JsonElement plan) => plan.GetProperty("retired").GetBoolean();

    private Task<Reply> Change(string plan, string name, int months, long amount, string zoneId) => club.Admin.Post(
        $"/api/plans/{plan}",
        new { name, months, price = new { amount, currency = "USD" }, entitlements = new[] { new { zoneId } } });
}
