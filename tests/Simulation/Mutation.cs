using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;

namespace SmartClub.Simulated;

/// <summary>
/// A silo with one promise broken on purpose, to show that the simulator would notice. Parts are exchanged where the
/// simulator puts a silo together, so nothing that runs a club can switch one on.
/// </summary>
public sealed class Mutation
{
    private readonly Action<IServiceCollection> change;

    private Mutation(string name, Action<IServiceCollection> change)
    {
        Name = name;
        this.change = change;
    }

    /// <summary>The silo as it is.</summary>
    public static Mutation None { get; } = new("none", _ => { });

    /// <summary>All mutations.</summary>
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("reply-before-commit", s => s.AddSingleton<Turns, HastyTurns>()),
        new("version-check-dropped", s => s.AddSingleton<JournalWriter, HeedlessWriter>()),
        new("outcome-not-kept", s => s.AddSingleton<Turns, ForgetfulTurns>()),
        new("send-not-resumed", s => s.AddSingleton<IOwedStore, NothingOwed>()),
        new("lease-ignored", s => s.AddSingleton<Lease, EndlessLease>()),
    ];

    /// <summary>The one of this name.</summary>
    public static Mutation Named(string name) => All.Single(m => m.Name == name);

    /// <summary>What is broken.</summary>
    public string Name { get; }

    internal void Change(IServiceCollection services) => change(services);

    private sealed class HastyTurns(
        JournalWriter writer, RowCodec rows, Codec codec, ClubKeys keys, IReference reference, TimeProvider time,
        ILogger<Turns> log) : Turns(writer, rows, codec, keys, reference, time, log)
    {
        internal override Task WhenDurable(PendingRow row) => Task.CompletedTask;
    }

    private sealed class HeedlessWriter(
        IAppendingConnection connection, Lease lease, KeyRing keys, ISignedHead signedHead, IWorkers workers,
        TimeProvider time, ILogger<JournalWriter> log)
        : JournalWriter(connection, lease, keys, signedHead, workers, time, log)
    {
        public override int Generation => 0;

        public override bool TryEnqueue(PendingRow row, int decidedIn) => base.TryEnqueue(row, base.Generation);
    }

    private sealed class ForgetfulTurns(
        JournalWriter writer, RowCodec rows, Codec codec, ClubKeys keys, IReference reference, TimeProvider time,
        ILogger<Turns> log) : Turns(writer, rows, codec, keys, reference, time, log)
    {
        internal override bool TryFindAnswer(Activation activation, CommandId id, out long position)
        {
            position = 0;
            return false;
        }
    }

    private sealed class EndlessLease(TimeProvider time) : Lease(time)
    {
        public override bool IsHeld => Epoch > 0;
    }

    private sealed class NothingOwed(Store.SimStore store) : IOwedStore
    {
        public Task<List<(string Key, long Position)>> Sends(CancellationToken cancel) =>
            Task.FromResult<List<(string Key, long Position)>>([]);

        public Task<List<(string Key, long Position)>> Reminders(DateTimeOffset before, CancellationToken cancel) =>
            store.Reminders(before, cancel);
    }
}
