using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Tests.Support.TestGrains;

/// <summary>Money that moves by a send: taken here first, given there, and settled when the answer is back.</summary>
[Internal]
internal sealed record OpenAccount(Id<AccountTag> Account, long Balance) : ICommand<Created<AccountTag>>
{
    GrainId ICommand.Target => Account.Grain;
}

[Internal]
internal sealed record Transfer(Id<AccountTag> Account, Id<AccountTag> To, long Amount) : ICommand<Transferred>
{
    GrainId ICommand.Target => Account.Grain;
}

internal sealed record Transferred(long BalanceAfter);

[Internal]
internal sealed record Deposit(Id<AccountTag> Account, CommandId Transfer, long Amount) : ICommand<Done>
{
    GrainId ICommand.Target => Account.Grain;
}

internal enum AccountRefusal
{
    AccountNotFound,
    AccountExists,
    NotEnough,
}

internal sealed record AccountOpened(long Balance) : IEvent;

internal sealed record TransferBegun(CommandId Transfer, long Amount) : IEvent;

internal sealed record TransferEnded(CommandId Transfer, long GivenBack) : IEvent;

internal sealed record Deposited(CommandId Transfer, long Amount) : IEvent;

internal sealed class AccountState : IGrainState
{
    public bool Exists { get; set; }

    public long Balance { get; set; }

    public int Deposits { get; set; }

    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case AccountOpened opened:
                Exists = true;
                Balance = opened.Balance;
                break;
            case TransferBegun begun:
                Balance -= begun.Amount;
                break;
            case TransferEnded ended:
                Balance += ended.GivenBack;
                break;
            case Deposited deposited:
                Balance += deposited.Amount;
                Deposits++;
                break;
        }
    }
}

internal static class AccountRules
{
    public static Decision Decide(AccountState account, OpenAccount open, Facts facts)
    {
        _ = facts;
        return account.Exists
            ? Refuse(AccountRefusal.AccountExists)
            : Accept(new Created<AccountTag>(open.Account), new AccountOpened(open.Balance));
    }

    public static Decision Decide(AccountState account, Transfer transfer, Facts facts) =>
        !account.Exists ? RefuseUnkept(AccountRefusal.AccountNotFound)
        : account.Balance < transfer.Amount ? Refuse(AccountRefusal.NotEnough)
        : Open(new TransferBegun(facts.CommandId, transfer.Amount))
            .Sending(new Deposit(transfer.To, facts.CommandId, transfer.Amount));

    public static Decision Decide(AccountState account, Deposit deposit, Facts facts)
    {
        _ = facts;
        return !account.Exists
            ? RefuseUnkept(AccountRefusal.AccountNotFound)
            : Accept(new Deposited(deposit.Transfer, deposit.Amount));
    }

    public static Decision DecideReturn(AccountState account, Returned<Deposit> back, Facts facts)
    {
        _ = facts;
        return back.Answer.Refusal is { } refusal
            ? Accept(new TransferEnded(back.Sent.Transfer, back.Sent.Amount))
                .Settling(back.Sent.Transfer, Answer.Refused(refusal))
            : Accept(new TransferEnded(back.Sent.Transfer, 0))
                .Settling(back.Sent.Transfer, Answer.Accepted(new Transferred(account.Balance)));
    }
}
