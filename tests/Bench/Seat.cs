using SmartClub.Grains.Model;

namespace SmartClub.Bench;

/// <summary>The hottest grain there can be: everybody wants a seat of the same show.</summary>
internal static class SeatModule
{
    public const short Kind = 1_000;

    public static FeatureModule Module { get; } = new(
        "seats",
        [
            new GrainDefinition<SeatState>(Kind, "seat")
                .Command<TakeSeat, SeatTaken>("seat.take", Decide)
                .Event<SeatSold>("seat.sold.v1"),
        ],
        [],
        [typeof(SeatRefusal)]);

    private static Decision Decide(SeatState state, TakeSeat take, Facts facts) => state.Taken >= take.Seats
        ? Decision.Refuse(SeatRefusal.SoldOut)
        : Decision.Accept(new SeatTaken(state.Taken + 1), new SeatSold(state.Taken + 1));
}

internal enum SeatRefusal
{
    SoldOut,
}

internal sealed record TakeSeat(Guid Show, long Seats) : ICommand<SeatTaken>
{
    GrainId ICommand.Target => new(SeatModule.Kind, Show);
}

internal sealed record SeatTaken(long Number);

internal sealed record SeatSold(long Taken) : IEvent;

internal sealed class SeatState : IGrainState
{
    public long Taken { get; set; }

    public void Apply(IEvent happened)
    {
        if (happened is SeatSold sold)
        {
            Taken = sold.Taken;
        }
    }
}
