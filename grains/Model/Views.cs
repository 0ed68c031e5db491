namespace SmartClub.Grains.Model;

/// <summary>One event with where it stands, as views and live screens receive it.</summary>
public readonly record struct Recorded(
    long Position, GrainId Grain, int Version, DateTimeOffset At, string Principal, IEvent Event);

/// <summary>A change to one row of a view: columns to set, or null to remove the row.</summary>
/// <param name="Table">Name of the view's table.</param>
/// <param name="Key">The row's key, as text.</param>
/// <param name="Columns">Columns to set; others keep their value. Null removes the row.</param>
public sealed record RowChange(string Table, string Key, IReadOnlyDictionary<string, object?>? Columns);

/// <summary>The SQL type of a view's column.</summary>
public enum ColumnType
{
    /// <summary>text</summary>
    Text,

    /// <summary>bigint</summary>
    Number,

    /// <summary>boolean</summary>
    Flag,

    /// <summary>timestamptz</summary>
    Time,

    /// <summary>date</summary>
    Day,

    /// <summary>jsonb</summary>
    Json,

    /// <summary>A text that stands in the database encrypted, with a key of the club: equal texts look equal.</summary>
    Sealed,
}

/// <summary>A table that a view keeps. Its key column is <c>key text primary key</c>; all others may be null.</summary>
public sealed record ViewTable(string Name, IReadOnlyDictionary<string, ColumnType> Columns, params string[] Indexes);

/// <summary>
/// A view: a pure map from events to row changes. The silo runs it, keeps its checkpoint in the transaction of its
/// rows, and can rebuild it from position 0 with the same result. A change never adds to what is there ("+1"); it
/// sets results that events carry, so that changes to one row can be merged.
/// </summary>
public interface IView
{
    /// <summary>Stable name.</summary>
    string Name { get; }

    /// <summary>Raise it when the map or the tables change: the view is then rebuilt at start.</summary>
    int Version { get; }

    /// <summary>Its tables.</summary>
    IReadOnlyList<ViewTable> Tables { get; }

    /// <summary>The kinds of events that can change a row: for all others the map is not even asked.</summary>
    IReadOnlySet<Type> Events { get; }

    /// <summary>The row changes of one event.</summary>
    IEnumerable<RowChange> Map(Recorded recorded);
}

/// <summary>All that a feature owns, in one file: its grains, views and the commands they take.</summary>
public sealed record FeatureModule(
    string Name, IReadOnlyList<GrainDefinition> Grains, IReadOnlyList<IView> Views, IReadOnlyList<Type> Refusals);
