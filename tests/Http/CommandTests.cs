using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Tests.Http;

/// <summary>What all commands share: they can be repeated, and tell where they stand in the journal.</summary>
public sealed class CommandTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Command_GetsItsFirstAnswer_WhenItIsRepeatedWithItsKey()
    {
        var key = Key();
        var first = (await club.Admin.Post("/api/members", Person("Ruth"), key)).Ok();
        var again = (await club.Admin.Post("/api/members", Person("Ruth"), key)).Ok();

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Position, again.Position);
    }

    [Fact]
    public async Task Command_GetsItsFirstAnswer_AfterARestart()
    {
        var key = Key();
        var place = await club.Place();
        var (siteId, zoneId) = (place.Site, place.Zone);
        var body = new { name = "Sortie", siteId, zoneId, direction = "out", confirmsPassage = false };
        var first = (await club.Admin.Post("/api/gates", body, key)).Ok();

        await club.Restart();

        var again = (await club.Admin.Post("/api/gates", body, key)).Ok();
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Position, again.Position);
    }

    [Fact]
    public async Task Command_IsRefused_WhenItsKeyWasUsedForAnother()
    {
        var key = Key();
        (await club.Admin.Post("/api/members", Person("Ruth"), key)).Ok();

        (await club.Admin.Post("/api/members", Person("Grace"), key)).Refused(409, "command_id_reused");
    }

    [Fact]
    public async Task Command_IsAnother_AtAnotherPathOrOfSomebodyElse()
    {
        var key = Key();
        var one = await club.Member();
        var other = await club.Member();
        var reason = new { reason = "perdu" };
        var first = (await club.Admin.Post($"/api/members/{one}/suspend", reason, key)).Ok();
        var second = (await club.Admin.Post($"/api/members/{other}/suspend", reason, key)).Ok();
        Assert.NotEqual(first.Position, second.Position);

        var colleague = await club.SignIn(await club.Account(StaffRole.Reception));
        var mine = (await club.Admin.Post("/api/members", Person("Ruth"), key)).Ok();
        var theirs = (await colleague.Post("/api/members", Person("Ruth"), key)).Ok();
        Assert.NotEqual(mine["id"], theirs["id"]);
    }

    [Fact]
    public async Task Command_HappensOnce_WhenItIsSentManyTimesAtOnce()
    {
        var key = Key();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => club.Admin.Post("/api/members", Person("Ruth"), key)));

        Assert.Single(answers.Select(a => a.Ok().Text).Distinct());
        Assert.Single(answers.Select(a => a.Position).Distinct());
    }

    [Fact]
    public async Task Members_AreRegisteredInTime_WhenManyComeAtOnce()
    {
        // Each needs a key of their own; asking for it must hold neither a turn nor a thread.
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => club.Admin.Post("/api/members", Person("Ruth"))));

        Assert.Equal(200, answers.Select(a => a.Ok()["id"]).Distinct().Count());
    }

    [Fact]
    public async Task Command_IsRefused_WhenItsKeyIsTooLong() =>
        (await club.Admin.Post("/api/members", Person("Ruth"), ("Idempotency-Key", new string('k', 201))))
            .Refused(400, "invalid_idempotency_key");

    [Fact]
    public async Task Read_ShowsOwnWrite_BehindItsPosition()
    {
        for (var i = 0; i < 10; i++)
        {
            var name = $"Lukusa{club.Number()}";
            var made = (await club.Admin.Post("/api/members", new { firstName = "Ruth", lastName = name })).Ok();
            var found = (await club.Admin.Get($"/api/members?query={name}&after={made.Position}")).Ok();
            var item = Assert.Single(found.Items);
            Assert.Equal(made["id"], item.GetProperty("id").GetString());
            Assert.Equal(made["code"], item.GetProperty("code").GetString());
            Assert.Equal($"Ruth {name}", item.GetProperty("displayName").GetString());
            Assert.True(item.TryGetProperty("status", out _));
            Assert.True(item.TryGetProperty("expiresOn", out _));
            Assert.True(item.TryGetProperty("photoUrl", out _));
            Assert.True(found.Body.GetProperty("asOf").GetInt64() >= made.Position);
        }
    }

    [Fact]
    public async Task Read_IsLate_WhenItsPositionNeverComes()
    {
        var answer = (await club.Admin.Get($"/api/sites?after={long.MaxValue}")).Refused(503, "view_behind");
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("/api/sites")]
    [InlineData("/api/zones")]
    [InlineData("/api/plans")]
    [InlineData("/api/gates")]
    [InlineData("/api/members")]
    public async Task List_HasItemsAndTheirPosition(string path)
    {
        var place = await club.Place();
        var last = (await club.Admin.Post("/api/members", Person("Ruth"))).Ok();

        var list = (await club.Admin.Get($"{path}?after={last.Position}")).Ok();

        Assert.True(list.Body.GetProperty("asOf").GetInt64() >= last.Position);
        Assert.NotEmpty(list.Items);
        Assert.All(list.Items, item => Assert.NotEmpty(item.GetProperty("id").GetString()!));
        if (path == "/api/gates")
        {
            var gate = Assert.Single(list.Items, g => g.GetProperty("id").GetString() == place.Gate.Id);
            Assert.False(gate.TryGetProperty("key", out _));
        }
    }

    private (string Name, string Value) Key() => ("Idempotency-Key", $"key {club.Number()}");

    private static object Person(string firstName) => new { firstName, lastName = "Lukusa" };
}
