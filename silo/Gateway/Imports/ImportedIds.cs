using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>The ids of what an import makes and takes back: they derive from the import and the line.</summary>
public static class ImportedIds
{
    /// <summary>What registers the member of a line.</summary>
    public const string Register = "register";

    /// <summary>What gives the membership of a line.</summary>
    public const string Membership = "membership";

    /// <summary>What gives the badge of a line.</summary>
    public const string Badge = "badge";

    /// <summary>What takes back all of a line.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>The command that does this for a line.</summary>
    public static CommandId Command(ImportId import, string purpose, int line) =>
        new CommandId(import.Value).Derive(purpose, line);

    /// <summary>The member of a line.</summary>
    public static MemberId Member(ImportId import, int line) => Of<MemberTag>(import, "member", line);

    /// <summary>What a command for a line makes.</summary>
    public static Id<TTag> Of<TTag>(ImportId import, string purpose, int line)
        where TTag : IIdTag => NewIds.Of<TTag>(Command(import, purpose, line));
}

/// <summary>How far the file is that is being written or taken back.</summary>
public sealed record ImportTurnStand(ImportId Import, int Done, int Total);

/// <summary>One file at a time: a line that two write at once would be looked at by neither.</summary>
public sealed class ImportTurn : IDisposable
{
    private readonly SemaphoreSlim free = new(1, 1);
    private readonly Lock telling = new();
    private ImportTurnStand? now;

    /// <summary>What is being written or taken back at this moment, and how far it is; null: nothing.</summary>
    public ImportTurnStand? Now => Volatile.Read(ref now);

    /// <summary>Waits for the turn; disposing of what comes back ends it.</summary>
    public async Task<IDisposable> Take(CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        return new Mine(this);
    }

    /// <summary>Notes how far it is, for those who look at the list meanwhile.</summary>
    public void Tell(ImportId import, int done, int total)
    {
        lock (telling)
        {
            // A later figure may be told before an earlier one; what is shown never goes back.
            if (Now is not { } told || told.Import != import || told.Done < done)
            {
                Volatile.Write(ref now, new ImportTurnStand(import, done, total));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();

    private sealed class Mine(ImportTurn turn) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref turn.now, null);
            turn.free.Release();
        }
    }
}
