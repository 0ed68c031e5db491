using SmartClub.Grains.Model;

namespace SmartClub.Tests.Support.TestGrains;

/// <summary>Grains that do nothing for a club but show what the engine and the journal do for all grains.</summary>
internal static class TestModule
{
    public static FeatureModule Module { get; } = new(
        "testing",
        [
            new GrainDefinition<HallState>(kind: 1001, "hall")
                .Command<OpenHall, Created<HallTag>>("test.hall.open", HallRules.Decide)
                .Command<TakeSeat, SeatTaken>("test.hall.take_seat", HallRules.Decide)
                .Event<HallOpened>("test.hall.opened.v1")
                .Event<SeatGiven>("test.hall.seat_given.v1"),
            new GrainDefinition<AccountState>(kind: 1002, "account")
                .Command<OpenAccount, Created<AccountTag>>("test.account.open", AccountRules.Decide)
                .Command<Transfer, Transferred>("test.account.transfer", AccountRules.Decide)
                .Command<Deposit, Done>("test.account.deposit", AccountRules.Decide)
                .WhenReturned<Deposit>(AccountRules.DecideReturn)
                .Event<AccountOpened>("test.account.opened.v1")
                .Event<TransferBegun>("test.account.transfer_begun.v1")
                .Event<TransferEnded>("test.account.transfer_ended.v1")
                .Event<Deposited>("test.account.deposited.v1"),
            new GrainDefinition<EchoState>(kind: 1003, "echo")
                .Command<Ask, Echoed>("test.echo.ask", EchoRules.Decide)
                .Command<AskThrough, Echoed>("test.echo.ask_through", EchoRules.Decide)
                .Command<Reply, Done>("test.echo.reply", EchoRules.Decide)
                .Command<SetAlarm, Done>("test.echo.set_alarm", EchoRules.Decide)
                .Command<ForgetAlarm, Done>("test.echo.forget_alarm", EchoRules.Decide)
                .Command<Ring, Done>("test.echo.ring", EchoRules.Decide)
                .Command<Stumble, Done>("test.echo.stumble", EchoRules.Decide)
                .WhenReturned<Ask>(EchoRules.DecideReturn)
                .Event<Asked>("test.echo.asked.v1")
                .Event<Replied>("test.echo.replied.v1")
                .Event<Rang>("test.echo.rang.v1"),
            new GrainDefinition<DiaryState>(kind: 1004, "diary", isPerson: true)
                .Command<WriteDiary, Done>("test.diary.write", DiaryRules.Decide)
                .Event<DiaryWritten>("test.diary.written.v1"),
        ],
        [new HallView()],
        [typeof(HallRefusal), typeof(AccountRefusal), typeof(EchoRefusal)]);

    /// <summary>The id of a thing that a test speaks of by name.</summary>
    public static Id<TTag> Named<TTag>(string name)
        where TTag : IIdTag => new(CommandId.Of(TTag.Prefix, name).Value);
}

internal sealed class HallTag : IIdTag
{
    static string IIdTag.Prefix => "hal";
    static short IIdTag.Kind => 1001;
}

internal sealed class AccountTag : IIdTag
{
    static string IIdTag.Prefix => "acc";
    static short IIdTag.Kind => 1002;
}

internal sealed class EchoTag : IIdTag
{
    static string IIdTag.Prefix => "ech";
    static short IIdTag.Kind => 1003;
}

internal sealed class DiaryTag : IIdTag
{
    static string IIdTag.Prefix => "dia";
    static short IIdTag.Kind => 1004;
}
