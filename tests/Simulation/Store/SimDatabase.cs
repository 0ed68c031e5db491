using System.Buffers.Binary;
using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Store;

/// <summary>
/// The database as silos see it: tables that outlive everything, sessions of which one at a time holds the club's
/// lock, and a server that is slow, says no, or goes away. What it has committed it never loses.
/// </summary>
internal sealed class SimDatabase(Timeline timeline, Dice dice)
{
    private readonly HashSet<(GrainId Grain, int Version)> versions = [];
    private readonly List<Session> sessions = [];
    private LeaseSign lease = new(0, 0, 0, null);

    /// <summary>Committed rows; the first has position 1.</summary>
    public List<RawRow> Rows { get; } = [];

    /// <summary>Indexes of rows by grain.</summary>
    public Dictionary<GrainId, List<int>> Streams { get; } = [];

    public Dictionary<GrainId, Snapshot> Snapshots { get; } = [];

    public Dictionary<Guid, byte[]> PersonKeys { get; } = [];

    /// <summary>Tables of views.</summary>
    public Dictionary<string, Dictionary<string, Dictionary<string, object?>>> Views { get; } = [];

    /// <summary>Where the views stand; null: there are none yet.</summary>
    public long? ViewsAt { get; set; }

    /// <summary>The signed head, which lies beside the database.</summary>
    public JournalHead? SignedHead { get; set; }

    public bool IsUp { get; private set; } = true;

    /// <summary>The longest that a commit takes now.</summary>
    public TimeSpan SlowestCommit { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>Whether it refuses to store anything: a full disk.</summary>
    public bool IsFull { get; set; }

    /// <summary>Told of each commit, with the rows.</summary>
    public Action<IReadOnlyList<RawRow>> Committed { get; set; } = _ => { };

    public JournalHead Head => Rows.Count == 0 ? JournalHead.Empty : new JournalHead(Rows.Count, Rows[^1].Chain);

    public Session? Holder { get; private set; }

    /// <summary>The lease as it is stored, with the last position beside it.</summary>
    public LeaseSign Sign => lease with { Position = Rows.Count };

    public static NpgsqlException Away() => new("The simulated database is away.");

    /// <summary>Opens a session, or throws.</summary>
    public Session Open(Machine owner)
    {
        if (!IsUp)
        {
            throw Away();
        }

        var session = new Session(owner);
        sessions.Add(session);
        return session;
    }

    public bool TryLock(Session session)
    {
        if (Holder is { IsOver: false } && Holder != session)
        {
            return false;
        }

        Holder = session;
        return true;
    }

    /// <summary>Ends a session: what it has not committed never will be, and the lock is free.</summary>
    public void End(Session session)
    {
        session.IsOver = true;
        sessions.Remove(session);
        if (Holder == session)
        {
            Holder = null;
        }
    }

    /// <summary>The server notices that a machine is gone, but later: sessions do not end with their client.</summary>
    public void Notice(Machine gone)
    {
        foreach (var session in sessions.Where(s => s.Owner == gone).ToList())
        {
            timeline.After(dice.Milliseconds(0, dice.OneIn(4) ? 2_000 : 20), null, () => End(session));
        }
    }

    /// <summary>The server goes down, with all sessions, and comes back.</summary>
    public void GoDown(TimeSpan length)
    {
        IsUp = false;
        foreach (var session in sessions.ToList())
        {
            End(session);
        }

        timeline.After(length, null, () => IsUp = true);
    }

    /// <summary>Changes the lease of an epoch, or throws as the server would. False: it is another's.</summary>
    public bool Change(Session session, long? epoch, Func<LeaseSign, LeaseSign> change)
    {
        RequireWritable(session);
        if (epoch is { } known && known != lease.Epoch)
        {
            return false;
        }

        lease = change(lease);
        return true;
    }

    /// <summary>Commits rows in COPY's binary form with the keys they need, or throws as the server would.</summary>
    public void Commit(Session session, ReadOnlySpan<byte> copy, IReadOnlyList<WrappedKey> keys)
    {
        RequireWritable(session);
        var rows = Parse(copy);
        var next = Rows.Count;
        foreach (var row in rows)
        {
            if (row.Position != ++next || versions.Contains((row.Grain, row.Version)))
            {
                throw new PostgresException("duplicate key", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation);
            }
        }

        foreach (var row in rows)
        {
            if (!Streams.TryGetValue(row.Grain, out var stream))
            {
                Streams[row.Grain] = stream = [];
            }

            stream.Add(Rows.Count);
            versions.Add((row.Grain, row.Version));
            Rows.Add(row);
        }

        foreach (var key in keys)
        {
            PersonKeys.TryAdd(key.Person, key.Wrapped);
        }

        Committed(rows);
    }

    private void RequireWritable(Session session)
    {
        if (session.IsOver || !IsUp)
        {
            throw Away();
        }

        if (IsFull)
        {
            throw new PostgresException("no space left on device", "ERROR", "ERROR", "53100");
        }
    }

    private static List<RawRow> Parse(ReadOnlySpan<byte> copy)
    {
        var rows = new List<RawRow>();
        var at = JournalConnection.CopyHeader.Length;
        while (BinaryPrimitives.ReadInt16BigEndian(copy[at..]) is not -1 and var fields)
        {
            at += 2;
            var columns = new byte[fields][];
            for (var i = 0; i < fields; i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(copy[at..]);
                columns[i] = copy.Slice(at + 4, length).ToArray();
                at += 4 + length;
            }

            rows.Add(new RawRow(
                BinaryPrimitives.ReadInt64BigEndian(columns[0]),
                new GrainId(BinaryPrimitives.ReadInt16BigEndian(columns[1]), new Guid(columns[2], bigEndian: true)),
                BinaryPrimitives.ReadInt32BigEndian(columns[3]),
                new CommandId(new Guid(columns[4], bigEndian: true)),
                columns[5], columns[6], columns[7]));
        }

        return rows;
    }
}

/// <summary>A connection as the server knows it.</summary>
internal sealed class Session(Machine owner)
{
    public Machine Owner { get; } = owner;

    public bool IsOver { get; set; }
}
