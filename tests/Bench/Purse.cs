using SmartClub.Grains.Model;

namespace SmartClub.Bench;

/// <summary>
/// Grains that pay each other one unit: the smallest thing that needs a send. The payer's answer stays open until
/// the payee's has come back, so an acknowledged payment has had its effect.
/// </summary>
internal static class PurseModule
{
    public const short Kind = 1_001;

    public static FeatureModule Module { get; } = new(
        "purses",
        [
            new GrainDefinition<PurseState>(Kind, "purse")
                .Command<Pay, Done>("purse.pay", (_, pay, facts) => Decision.Open(new PaidOut())
                    .Sending(new PayIn(pay.Payee, facts.CommandId.Value)))
                .Command<PayIn, Done>("purse.pay_in", (_, _, _) => Decision.Accept(new PaidIn()))
                .WhenReturned<PayIn>((_, returned, _) => Decision.Accept()
                    .Settling(new CommandId(returned.Sent.Payment), returned.Answer))
                .Event<PaidOut>("purse.paid_out.v1")
                .Event<PaidIn>("purse.paid_in.v1"),
        ],
        [],
        []);
}

internal sealed record Pay(Guid Payer, Guid Payee) : ICommand<Done>
{
    GrainId ICommand.Target => new(PurseModule.Kind, Payer);
}

internal sealed record PayIn(Guid Payee, Guid Payment) : ICommand<Done>
{
    GrainId ICommand.Target => new(PurseModule.Kind, Payee);
}

internal sealed record PaidOut : IEvent;

internal sealed record PaidIn : IEvent;

internal sealed class PurseState : IGrainState
{
    public long Out { get; set; }

    public long In { get; set; }

    public void Apply(IEvent happened)
    {
        if (happened is PaidOut)
        {
            Out++;
        }
        else
        {
            In++;
        }
    }
}
