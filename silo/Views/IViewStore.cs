using SmartClub.Grains.Model;

namespace SmartClub.Silo.Views;

/// <summary>Where the rows of all views are kept: what a running silo needs of it.</summary>
public interface IViewStore
{
    /// <summary>All views.</summary>
    IRowView[] Views { get; }

    /// <summary>All tables by name.</summary>
    IReadOnlyDictionary<string, ViewTable> Tables { get; }

    /// <summary>
    /// Makes the tables that are missing and builds anew what is new or has another version. Returns the position
    /// that all views have reached.
    /// </summary>
    Task<long> Prepare(CancellationToken cancel);

    /// <summary>Moves all views on by one batch: rows and checkpoints in one transaction.</summary>
    /// <exception cref="Journal.FencedException">Somebody else has moved the checkpoints.</exception>
    Task Advance(ViewBatch batch, long from, long to, CancellationToken cancel);

    /// <summary>Where the views stand: the lowest checkpoint.</summary>
    Task<long> Reached(CancellationToken cancel);

    /// <summary>All rows of a table, with these columns.</summary>
    IAsyncEnumerable<(string Key, IReadOnlyDictionary<string, object?> Columns)> Rows(
        string table, IReadOnlyList<string> columns, CancellationToken cancel);
}
