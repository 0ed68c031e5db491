using SmartClub.Grains.Model;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>A decision may answer later; repeats join, crashes do not matter, and there is one answer.</summary>
public sealed class OpenOutcomeTests : IAsyncLifetime
{
    private static readonly Id<EchoTag> Echo = TestModule.Named<EchoTag>("echo");
    private static readonly Ask Question = new(Echo, "who?");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task OpenOutcome_IsJoined_AndSettledOnce()
    {
        var silo = await world.Start();
        var first = silo.Begin(Question, "ask");
        await silo.Commits.Row(r => r.Answer is null).Happens("the question is durable");
        var joined = silo.Begin(Question, "ask");
        var other = await silo.Send(Question with { Question = "what?" }, "ask");
        Assert.Equal("command_id_reused", other.Answer.Refusal!.Code);
        Assert.False(first.IsCompleted || joined.IsCompleted);

        await silo.Send(new Reply(Echo, "me"), "reply");
        Assert.Equal(new Echoed("me"), (await first.Happens("the answer")).Answer.Outcome);
        Assert.Equal(await first, await joined.Happens("the joined answer"));
        Assert.Equal("nobody_asked", (await silo.Send(new Reply(Echo, "you"), "again")).Answer.Refusal!.Code);
        Assert.Equal(await first, await silo.Send(Question, "ask"));
    }

    [Fact]
    public async Task OpenOutcome_SurvivesRestart_IdleSweepAndSnapshot()
    {
        var silo = await world.Start();
        _ = silo.Begin(Question, "ask");
        await silo.Commits.Row(r => r.Answer is null).Happens("the question is durable");
        await silo.Kill();

        silo = await world.Start();
        var joined = silo.Begin(Question, "ask");
        Assert.Equal(0, silo.Catalogue.Sweep(TimeSpan.Zero));
        await silo.Send(new Reply(Echo, "me"), "reply");
        var answer = await joined.Happens("the answer after a restart");
        Assert.Equal(new Echoed("me"), answer.Answer.Outcome);
        await silo.Kill();

        silo = await world.Start();
        Assert.Equal(answer, await silo.Send(Question, "ask"));
        var other = await silo.Send(Question with { Question = "x" }, "ask");
        Assert.Equal("command_id_reused", other.Answer.Refusal!.Code);
    }

    [Fact]
    public async Task Settlement_WaitsForItsCommit()
    {
        var silo = await world.Start();
        var asked = silo.Begin(Question, "ask");
        await silo.Commits.Row(r => r.Answer is null).Happens("the question is durable");
        await using var hold = await world.HoldCommits();
        var reply = silo.Begin(new Reply(Echo, "me"), "reply");
        var repeat = silo.Begin(Question, "ask");
        Assert.False(asked.IsCompleted || reply.IsCompleted || repeat.IsCompleted);
        await hold.Release();
        Assert.Equal(new Echoed("me"), (await asked.Happens("the answer")).Answer.Outcome);
        Assert.Equal(await asked, await repeat.Happens("the repeat"));
    }

    [Fact]
    public async Task Waiters_AreToldToTryAgain_WhenTheirGrainIsDropped()
    {
        var silo = await world.Start();
        var asked = silo.Begin(Question, "ask");
        await silo.Commits.Row(r => r.Answer is null).Happens("the question is durable");
        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Send(new Stumble(Echo), "stumble"));

        // The activation is void, and with it the promise to tell this waiter; the repeat joins the new one.
        await Assert.ThrowsAsync<SmartClub.Silo.Journal.JournalUnavailableException>(
            () => asked.Happens("the waiter hears that it should try again"));
        var again = silo.Begin(Question, "ask");
        await silo.Send(new Reply(Echo, "me"), "reply");
        Assert.Equal(new Echoed("me"), (await again.Happens("the answer")).Answer.Outcome);
    }

    [Fact]
    public async Task Sends_ReachTheirGrains_WhileManyOthersWaitForOpenOutcomes()
    {
        var silo = await world.Start();
        var last = TestModule.Named<EchoTag>("last");
        var asking = Enumerable.Range(0, SmartClub.Silo.Limits.Deliveries + 8)
            .Select(i => silo.Begin(new AskThrough(TestModule.Named<EchoTag>($"{i}"), last, "?"), $"{i}")).ToList();
        var (account, to) = (TestModule.Named<AccountTag>("a"), TestModule.Named<AccountTag>("b"));
        await silo.Send(new OpenAccount(account, 10), "open a");
        await silo.Send(new OpenAccount(to, 0), "open b");

        // All of them wait at the last echo. Another process must not wait behind them.
        var moved = await silo.Send(new Transfer(account, to, 3), "transfer");
        Assert.Equal(new Transferred(7), moved.Answer.Outcome);
        for (var i = 0; i < asking.Count; i++)
        {
            await silo.Commits.Row(r => r.CommandId == CommandId.Of("test", $"{i}").Derive("send", 0))
                .Happens($"question {i} arrives");
            await silo.Send(new Reply(last, $"to {i}"), $"reply {i}");
        }

        var answers = await Task.WhenAll(asking).Happens("all answers");
        Assert.All(answers, a => Assert.IsType<Echoed>(a.Answer.Outcome));
    }
}
