using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A file that was taken in, as the view knows it.</summary>
public sealed record ImportRow(
    string Id, string Stage, DateTimeOffset BegunAt, string BegunBy, long Members, long Memberships, long Badges,
    long? Refused, DateTimeOffset? UndoneAt, string? UndoneBy, long? Withdrawn, long? Kept);

/// <summary>Questions about files that were taken in.</summary>
public sealed class ImportQueries(Database database, ViewRunner views)
{
    /// <summary>The last ones, newest first, with the position they are known up to.</summary>
    public async Task<(IReadOnlyList<ImportRow> Imports, long AsOf)> Last(CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, stage, begun_at, begun_by, members, memberships, badges, refused, undone_at, undone_by, "
            + $"withdrawn, kept from views.imports order by begun_at desc, key limit {Limits.PageItems}",
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var imports = new List<ImportRow>();
        while (await rows.ReadAsync(cancel))
        {
            imports.Add(new ImportRow(
                rows.GetString(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetString(3),
                rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), Number(rows, 7),
                rows.IsDBNull(8) ? null : rows.GetFieldValue<DateTimeOffset>(8),
                rows.IsDBNull(9) ? null : rows.GetString(9), Number(rows, 10), Number(rows, 11)));
        }

        return (imports, asOf);
    }

    private static long? Number(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetInt64(column);
}
