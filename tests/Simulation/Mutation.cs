using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;

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
        new("version-check-dropped", s => s.AddSingleton<Turns, HeedlessTurns>()) { ChecksVersions = false },
        new("outcome-not-kept", s => s.AddSingleton<Turns, ForgetfulTurns>()),
        new("send-not-resumed", s => s.AddSingleton<IOwedStore, NothingOwed>()),
    ];

    /// <summary>The one of this name.</summary>
    public static Mutation Named(string name) => All.Single(m => m.Name == name);

    /// <summary>What is broken.</summary>
    public string Name { get; }

    internal bool ChecksVersions { get; private init; } = true;

    internal void Change(IServiceCollection services) => change(services);

    private sealed class HastyTurns(
        JournalWriter writer, RowCodec rows, Codec codec, ClubKeys keys, IReference reference, TimeProvider time,
        ILogger<Turns> log) : Turns(writer, rows, codec, keys, reference, time, log)
    {
        internal override Task WhenDurable(PendingRow row) => Task.CompletedTask;
    }

    private sealed class HeedlessTurns(
        JournalWriter writer, RowCodec rows, Codec codec, ClubKeys keys, IReference reference, TimeProvider time,
        ILogger<Turns> log) : Turns(writer, rows, codec, keys, reference, time, log)
    {
        private readonly JournalWriter journal = writer;

        internal override bool IsVoid(Activation activation) => false;

        internal override bool TryEnqueue(PendingRow row, Activation activation) =>
            journal.TryEnqueue(row, journal.Generation);
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

    private sealed class NothingOwed(Store.SimStore store) : IOwedStore
    {
        public Task<List<(string Key, long Position)>> Sends(CancellationToken cancel) =>
            Task.FromResult<List<(string Key, long Position)>>([]);

        public Task<List<(string Key, long Position)>> Reminders(DateTimeOffset before, CancellationToken cancel) =>
            store.Reminders(before, cancel);
    }
}
