using SmartClub.Grains.Model;
using SmartClub.Simulated.Core;
using SmartClub.Tests.Support.TestGrains;
using static SmartClub.Tests.Support.TestGrains.TestModule;

namespace SmartClub.Simulated.Club;

/// <summary>
/// The clients: they take seats, move money, set alarms, write diaries and go through doors, sometimes many at once and
/// sometimes nobody for minutes. Who gets no answer asks again under the same id, until there is one.
/// </summary>
internal sealed class Guests(World world)
{
    // Silos that hardly ever answer must not have ever more to answer: such a club would never come to its end.
    private const int Crowd = 100;

    private static readonly Id<HallTag>[] Halls = [Named<HallTag>("small"), Named<HallTag>("large")];
    private static readonly Id<AccountTag>[] Accounts =
        [.. Enumerable.Range(0, 5).Select(i => Named<AccountTag>($"account {i}"))];

    private static readonly Id<EchoTag>[] Echoes = [.. Enumerable.Range(0, 3).Select(i => Named<EchoTag>($"echo {i}"))];
    private static readonly Id<DiaryTag>[] Diaries =
        [.. Enumerable.Range(0, 4).Select(i => Named<DiaryTag>($"diary {i}"))];

    private readonly Dice dice = world.Dice.Split();
    private readonly int seats = world.Dice.Below(40) + 3;
    private int number;
    private int acting;
    private int waiting;
    private bool isSettling;
    private DateTimeOffset restUntil = DateTimeOffset.MaxValue;

    /// <summary>Money that was ever put into an account from outside.</summary>
    public const long OpeningBalance = 500;

    public static int Purses => Accounts.Length;

    /// <summary>Everybody has done what they came for, but for those whose question nobody has answered.</summary>
    public bool IsDone => acting == 0;

    /// <summary>Nothing is open any more: no question, no send, no reminder that was due, no view behind.</summary>
    public bool IsSettled => isSettling && acting == 0 && waiting == 0 && world.Witness.Owed.Count == 0
        && world.Active is { Deliveries.Backlog: 0, Writer.QueueLength: 0 }
        && world.Database.ViewsAt == world.Database.Rows.Count
        && !world.Witness.Set.Values.Any(due => due.AddSeconds(1) < Now);

    /// <summary>Settled, and every reminder of the next while has had its time.</summary>
    public bool IsQuiet => isSettling && acting == 0 && Now >= restUntil && IsSettled;

    public string Pending =>
        $"{acting} act, {waiting} wait, {world.Witness.Owed.Count} sends, backlog {world.Active?.Deliveries.Backlog}, "
        + $"queue {world.Active?.Writer.QueueLength}, views {world.Database.ViewsAt} of {world.Database.Rows.Count}, "
        + $"first reminder {world.Witness.Set.Values.Order().FirstOrDefault():o} at {Now:o}";

    private DateTimeOffset Now => Timeline.Epoch.AddTicks(world.Timeline.Now);

    public void Begin() => Act(async () =>
    {
        foreach (var hall in Halls)
        {
            await Insist(new OpenHall(hall, hall == Halls[0] ? 5 : seats));
        }

        foreach (var account in Accounts)
        {
            await Insist(new OpenAccount(account, OpeningBalance));
        }

        var visitors = new Visitors(this, world, dice);
        if (dice.OneIn(2))
        {
            await visitors.SetUp();
            for (var i = dice.Below(4); i >= 0; i--)
            {
                Act(() => visitors.Visit(Steps()));
            }
        }

        Func<Task>[] kinds = [TakeASeat, MoveMoney, MoveMoney, SetAnAlarm, AskAQuestion, WriteADiary, Look];
        for (var i = dice.Below(10) + 1; i >= 0; i--)
        {
            var kind = dice.Pick(kinds);
            Act(() => Often(Steps(), kind));
        }
    });

    /// <summary>After the last fault: answers all questions, then waits for the reminders that are near.</summary>
    public void Settle()
    {
        var wait = dice.OneIn(8) ? TimeSpan.FromHours(9) : TimeSpan.FromMinutes(dice.Below(20) + 2);
        restUntil = Now + wait;
        Act(async () =>
        {
            do
            {
                foreach (var echo in Echoes)
                {
                    while ((await Insist(new Reply(echo, "at last"))).Refusal is null)
                    {
                    }
                }

                await world.Clients.Wait(TimeSpan.FromMilliseconds(200));
            }
            while (waiting > 0 || acting > 1);
            isSettling = true;
        });
    }

    /// <summary>Asks until there is an answer.</summary>
    public async Task<Answer> Insist(ICommand command)
    {
        var intent = new Intent(CommandId.Of("simulated", $"{++number}"), command);
        var place = dice.Below(world.Silos.Count);
        while (true)
        {
            if (await world.Network.Ask(place, intent, dice.Milliseconds(100, 3_000)) is { } answered)
            {
                Repeat(intent);
                return answered.Answer;
            }

            place = (place + (dice.OneIn(3) ? 0 : 1)) % world.Silos.Count;
            await world.Clients.Wait(dice.Milliseconds(5, 800));
        }
    }

    public Id<TTag> New<TTag>()
        where TTag : IIdTag => Named<TTag>($"{++number}");

    /// <summary>
    /// A silo does nothing for a while. Others move money meanwhile and look what it says when it is back: it may not
    /// know yet that it owns nothing more.
    /// </summary>
    public void GoOnWithout(int place, TimeSpan length)
    {
        for (var i = 0; i < 8 && acting < Crowd; i++)
        {
            world.Timeline.After(dice.Between(length / 2, length), world.Clients, () => Act(MoveMoney));
            world.Timeline.After(
                dice.Between(length * 0.7, length + TimeSpan.FromMilliseconds(50)), world.Clients,
                () => _ = Look(place));
        }
    }

    public Task Pause() => world.Clients.Wait(
        dice.Below(16) switch
        {
            0 => dice.Milliseconds(1_000, 120_000),
            < 6 => dice.Milliseconds(10, 1_500),
            _ => dice.Milliseconds(0, 12),
        });

    private int Steps() => dice.Below(25) + 3;

    private void Act(Func<Task> part)
    {
        acting++;
        world.Timeline.Soon(world.Clients, () => _ = Ended(part()));
    }

    private async Task Ended(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception bug)
        {
            world.Witness.Blame($"A client failed: {bug}");
        }

        acting--;
    }

    // Some ask again although they have their answer, or send something else under an id that was used.
    private void Repeat(Intent intent)
    {
        if (dice.OneIn(6))
        {
            world.Timeline.After(dice.Milliseconds(0, dice.OneIn(3) ? 60_000 : 500), world.Clients, () =>
                _ = world.Network.Ask(dice.Below(world.Silos.Count), intent, TimeSpan.FromSeconds(1)));
        }

        if (intent.Command is TakeSeat seat && dice.OneIn(8))
        {
            var forged = new Intent(intent.Id, seat with { Who = "somebody else" }, IsForged: true);
            _ = world.Network.Ask(dice.Below(world.Silos.Count), forged, TimeSpan.FromSeconds(1));
        }
    }

    private async Task Often(int times, Func<Task> what)
    {
        for (var i = 0; i < times; i++)
        {
            await what();
            await Pause();
        }
    }

    private Task TakeASeat() => Insist(new TakeSeat(dice.Pick(Halls), $"guest {number}"));

    private Task MoveMoney() => Insist(new Transfer(
        dice.Pick(Accounts), dice.OneIn(8) ? Named<AccountTag>("nobody") : dice.Pick(Accounts), dice.Below(120) + 1));

    private Task SetAnAlarm()
    {
        var (echo, name) = (dice.Pick(Echoes), $"alarm {dice.Below(4)}");
        return dice.OneIn(4)
            ? Insist(new ForgetAlarm(echo, name))
            : Insist(new SetAlarm(echo, name, Now + dice.Milliseconds(-500, dice.OneIn(4) ? 5_000_000 : 30_000)));
    }

    private async Task AskAQuestion()
    {
        var echo = dice.Pick(Echoes);
        if (dice.OneIn(2))
        {
            await Insist(new Reply(echo, $"reply {number}"));
            return;
        }

        // The last echo answers for itself only: two that ask each other would wait for ever.
        waiting++;
        _ = Wait(dice.OneIn(2) && echo != Echoes[^1]
            ? new AskThrough(echo, Echoes[^1], $"question {number}")
            : new Ask(echo, $"question {number}"));
    }

    private async Task Wait(ICommand question)
    {
        await Insist(question);
        waiting--;
    }

    private Task WriteADiary() => Insist(new WriteDiary(dice.Pick(Diaries), number, $"day {number}"));

    private Task Look() => Look(dice.Below(world.Silos.Count));

    // What is read is durable, and not older than what was durable when it was asked for.
    private Task Look(int place)
    {
        var (hall, account) = (dice.Pick(Halls), dice.Pick(Accounts));
        return dice.OneIn(3)
            ? Look<HallState>(place, hall.Grain, state => state.Taken)
            : Look<AccountState>(place, account.Grain, state => state.Deposits);
    }

    private Task Look<TState>(int place, GrainId grain, Func<TState, int> read)
        where TState : class, IGrainState
    {
        var before = Durable();
        return world.Network.Read(place, grain, read, seen =>
        {
            if (seen < before || seen > Durable())
            {
                world.Witness.Blame($"{grain} was read as {seen}; it was {before} before, and now is {Durable()}.");
            }
        });

        int Durable() => world.Witness.States.TryGetValue(grain, out var state) ? read((TState)state) : 0;
    }
}
