using SmartClub.Grains.Model;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>A send has its effect once and its answer comes back, wherever the silo dies.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly Id<AccountTag> From = TestModule.Named<AccountTag>("from");
    private static readonly Id<AccountTag> To = TestModule.Named<AccountTag>("to");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    // The rows of a transfer: begun at the one account, deposited at the other, ended at the first.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Send_HasItsEffectOnce_WhenTheSiloIsKilledAfterEachStep(int steps)
    {
        var silo = await Opened();
        var before = (await silo.CheckJournal()).Position;
        await using (await CommitGate.After(world.Database, before + steps))
        {
            var begun = silo.Begin(new Transfer(From, To, 30), "transfer");
            if (steps > 0)
            {
                await silo.Commits.Row(r => r.Position == before + steps).Happens($"step {steps} is durable");
            }

            await silo.Kill();
            Assert.Equal(steps == 3, begun.IsCompletedSuccessfully);
        }

        silo = await world.Start();
        var answer = await silo.Send(new Transfer(From, To, 30), "transfer");
        Assert.Equal(new Transferred(70), answer.Answer.Outcome);
        Assert.Equal((70, 30), (await silo.Balance(From), await silo.Balance(To)));
        Assert.Equal(before + 3, (await silo.CheckJournal()).Position);
        await silo.Kill();

        silo = await world.Start();
        Assert.Equal(answer, await silo.Send(new Transfer(From, To, 30), "transfer"));
        Assert.Equal((70, 30), (await silo.Balance(From), await silo.Balance(To)));
        Assert.Equal(before + 3, (await silo.CheckJournal()).Position);
    }

    [Fact]
    public async Task Send_ToNobody_GivesTheHoldBack()
    {
        var silo = await Opened();
        var refused = await silo.Send(new Transfer(From, TestModule.Named<AccountTag>("nobody"), 30), "transfer");
        Assert.Equal("account_not_found", refused.Answer.Refusal!.Code);
        Assert.Equal(100, await silo.Balance(From));
    }

    [Fact]
    public async Task Money_IsConserved_ByManyTransfersAndKills()
    {
        var random = new Random(20261124);
        var accounts = Enumerable.Range(0, 8).Select(i => TestModule.Named<AccountTag>($"{i}")).ToList();
        var silo = await world.Start();
        foreach (var account in accounts)
        {
            await silo.Send(new OpenAccount(account, 1_000), $"open {account}");
        }

        var transfers = Enumerable.Range(0, 400)
            .Select(i => (Id: $"t{i}", Command: new Transfer(
                accounts[random.Next(8)], accounts[random.Next(8)], random.Next(1, 400)))).ToList();
        for (var kill = 0; kill < 4; kill++)
        {
            var head = (await silo.CheckJournal()).Position;
            var stop = head + random.Next(20, 250);
            await using (await CommitGate.After(world.Database, stop))
            {
                // A few first, and only where nothing is owed from before: one large batch would be held whole.
                transfers.Take(10).ToList().ForEach(t => _ = silo.Begin(t.Command, t.Id));
                if (kill == 0)
                {
                    await silo.Commits.Row(r => r.Position > head).Happens("some rows are durable");
                }

                transfers.ForEach(t => _ = silo.Begin(t.Command, t.Id));
                await silo.Kill();
            }

            silo = await world.Start();
        }

        var answers = await Task.WhenAll(transfers.Select(t => silo.Send(t.Command, t.Id)));
        var again = await Task.WhenAll(transfers.Select(t => silo.Send(t.Command, t.Id)));
        Assert.Equal(answers, again);
        var balances = new List<long>();
        foreach (var account in accounts)
        {
            balances.Add(await silo.Balance(account));
        }

        Assert.Equal(8_000, balances.Sum());
        Assert.All(balances, b => Assert.True(b >= 0));
        var moved = transfers.Zip(answers).Where(t => t.Second.Answer.Refusal is null).ToList();
        foreach (var (account, balance) in accounts.Zip(balances))
        {
            var received = moved.Where(t => t.First.Command.To == account).Sum(t => t.First.Command.Amount);
            var given = moved.Where(t => t.First.Command.Account == account).Sum(t => t.First.Command.Amount);
            Assert.Equal(1_000 + received - given, balance);
        }
    }

    private async Task<TestSilo> Opened()
    {
        var silo = await world.Start();
        await silo.Send(new OpenAccount(From, 100), "open from");
        await silo.Send(new OpenAccount(To, 0), "open to");
        return silo;
    }
}
