using SmartClub.Grains.Model;

namespace SmartClub.Grains.Imports;

/// <summary>The files that were taken in, and what became of them.</summary>
public sealed class ImportView : IView
{
    /// <inheritdoc/>
    public string Name => "imports";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "imports",
            new Dictionary<string, ColumnType>
            {
                ["stage"] = ColumnType.Text,
                ["begun_at"] = ColumnType.Time,
                ["begun_by"] = ColumnType.Text,
                ["members"] = ColumnType.Number,
                ["memberships"] = ColumnType.Number,
                ["badges"] = ColumnType.Number,
                ["refused"] = ColumnType.Number,
                ["undone_at"] = ColumnType.Time,
                ["undone_by"] = ColumnType.Text,
                ["withdrawn"] = ColumnType.Number,
                ["kept"] = ColumnType.Number,
            },
            "begun_at"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(ImportBegun), typeof(ImportFinished), typeof(ImportUndoBegun), typeof(ImportUndone),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        Dictionary<string, object?>? columns = recorded.Event switch
        {
            ImportBegun begun => new()
            {
                ["stage"] = Stage(ImportStage.Running),
                ["begun_at"] = recorded.At,
                ["begun_by"] = recorded.Principal,
                ["members"] = (long)begun.Rows,
                ["memberships"] = (long)begun.Memberships,
                ["badges"] = (long)begun.Badges,
            },
            ImportFinished finished => new()
            {
                ["stage"] = Stage(ImportStage.Done),
                ["refused"] = (long)finished.Refused,
            },
            ImportUndoBegun => new()
            {
                ["stage"] = Stage(ImportStage.Undoing),
                ["undone_at"] = recorded.At,
                ["undone_by"] = recorded.Principal,
            },
            ImportUndone undone => new()
            {
                ["stage"] = Stage(ImportStage.Undone),
                ["withdrawn"] = (long)undone.Withdrawn,
                ["kept"] = (long)undone.Kept,
            },
            _ => null,
        };
        if (columns is not null)
        {
            yield return new RowChange("imports", new ImportId(recorded.Grain.Key).ToString(), columns);
        }
    }

    private static string Stage(ImportStage stage) => Refusal.Snake(stage.ToString());
}
