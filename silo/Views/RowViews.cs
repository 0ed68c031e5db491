using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views;

/// <summary>A view over whole rows; features write the simpler <see cref="IView"/> over events.</summary>
public interface IRowView
{
    /// <summary>Stable name.</summary>
    string Name { get; }

    /// <summary>Raised when map or tables change.</summary>
    int Version { get; }

    /// <summary>Its tables.</summary>
    IReadOnlyList<ViewTable> Tables { get; }

    /// <summary>Whether a row can change anything: asked for every row of every view, so it must be quick.</summary>
    bool Concerns(JournalRow row);

    /// <summary>The row changes of one journal row.</summary>
    IEnumerable<RowChange> Map(JournalRow row);
}

/// <summary>A feature's view as a view over rows.</summary>
public sealed class EventView(IView view) : IRowView
{
    /// <inheritdoc/>
    public string Name => view.Name;

    /// <inheritdoc/>
    public int Version => view.Version;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables => view.Tables;

    /// <inheritdoc/>
    public bool Concerns(JournalRow row)
    {
        // By number: an enumerator of an interface is an object, and this is asked for every row.
        for (var i = 0; i < row.Events.Count; i++)
        {
            if (view.Events.Contains(row.Events[i].GetType()))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(JournalRow row)
    {
        for (var i = 0; i < row.Events.Count; i++)
        {
            if (view.Events.Contains(row.Events[i].GetType()))
            {
                foreach (var change in view.Map(row.Recorded(i)))
                {
                    yield return change;
                }
            }
        }
    }
}

/// <summary>
/// What the silo still owes: sends without their return, reminders that have not fired. It says only where in the
/// journal they stand, so that start-up need not read the whole journal to find them.
/// </summary>
public sealed class OutstandingView : IRowView
{
    /// <summary>The table.</summary>
    public const string Table = "outstanding";

    /// <inheritdoc/>
    public string Name => "outstanding";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new(Table, new Dictionary<string, ColumnType>
        {
            ["position"] = ColumnType.Number,
            ["due"] = ColumnType.Time,
        }, "due"),
    ];

    /// <inheritdoc/>
    public bool Concerns(JournalRow row) =>
        row.Finished.Count > 0 || row.Sends.Count > 0 || row.Reminders.Count > 0;

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(JournalRow row)
    {
        foreach (var id in row.Finished)
        {
            yield return new RowChange(Table, id.ToString(), null);
        }

        foreach (var send in row.Sends)
        {
            yield return Owed(send.ReturnId, row.Position, null);
        }

        foreach (var reminder in row.Reminders)
        {
            yield return Owed(reminder.FiringId, row.Position, reminder.Due);
        }
    }

    private static RowChange Owed(CommandId id, long position, DateTimeOffset? due) =>
        new(Table, id.ToString(), new Dictionary<string, object?> { ["position"] = position, ["due"] = due });
}
