using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Http;

/// <summary>A second silo of the same club: it says what it is, answers for nobody, and takes over.</summary>
public sealed class StandbyTests : IAsyncLifetime
{
    private readonly HttpClub club = new();

    public Task InitializeAsync() => club.InitializeAsync();

    public Task DisposeAsync() => club.DisposeAsync();

    [Fact]
    public async Task Standby_AnswersForNobody_UntilItTakesOver()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        var first = (await place.Gate.Scan(guest.Badge, scanId: "s1")).Decides("grant", "ok");
        var standby = await club.Standby();
        var waiting = new Api(() => standby.Http, club.Admin.Token);

        (await waiting.Get("/health/live")).Ok();
        var ready = (await waiting.Get("/health/ready", ("Accept-Language", "en"))).Refused(503, "standby");
        Assert.Equal("standby", ready["role"]);
        Assert.Equal(Texts.Get("en", "problem.standby"), ready.Detail);
        (await waiting.Get("/api/members")).Refused(503, "not_active");
        (await waiting.Get("/api/live")).Refused(503, "not_active");
        (await waiting.Post("/api/auth/login", new { email = "a", password = "b" })).Refused(503, "not_active");
        (await waiting.Post("/api/gates/v1/access", new { })).Refused(503, "not_active");
        (await waiting.Post("/hubs/live/negotiate")).Refused(503, "not_active");
        await Says(waiting, "smartclub_active 0");

        await club.TakeOver(standby);

        (await club.Admin.Get("/api/auth/session")).Ok();
        Assert.Equal(first.Text, (await place.Gate.Scan(guest.Badge, scanId: "s1")).Ok().Text);
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "anti_passback");
        await Says(club.Stranger, "smartclub_active 1");
    }

    private static async Task Says(Api who, string figure) =>
        Assert.Contains($"\n{figure}\n", (await who.Get("/metrics")).Ok().Text, StringComparison.Ordinal);
}
