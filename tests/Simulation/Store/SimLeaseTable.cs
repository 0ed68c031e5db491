using SmartClub.Silo.Journal.Leasing;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Store;

/// <summary>The lease as a silo that stands by sees it.</summary>
internal sealed class SimLeaseTable(Machine machine, SimDatabase database, Faults faults, Dice dice) : ILeaseTable
{
    public async Task<(LeaseSign Sign, bool IsLocked)> Read(CancellationToken cancel)
    {
        await Ask();
        var read = (database.Sign, database.Holder is { IsOver: false });
        await machine.Wait(Travel());
        return read;
    }

    public async Task EndOwner(LeaseSign seen, CancellationToken cancel)
    {
        await Ask();
        if (database.Sign == seen && database.Holder is { } owner)
        {
            database.End(owner);
        }
    }

    // Other connections hold nothing here that others wait for.
    public Task EndConnections(string holder, CancellationToken cancel) => Ask();

    private async Task Ask()
    {
        await machine.Wait(Travel());
        if (!database.IsUp || faults.Happens(Fault.FailedRead))
        {
            throw SimDatabase.Away();
        }
    }

    private TimeSpan Travel() => dice.Between(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(2));
}
