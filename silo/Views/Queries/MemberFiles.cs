using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A note as the view knows it.</summary>
public sealed record NoteRow(string Id, string? Text, string Author, DateTimeOffset At);

/// <summary>A document or photo as the view knows it.</summary>
public sealed record FileRow(
    string Id, string Member, string? Name, string Kind, long Bytes, string Author, DateTimeOffset At);

/// <summary>When somebody comes: figures for their file.</summary>
public sealed record VisitFigures(DateTimeOffset? Last, long InPeriod, long InPeriodBefore);

/// <summary>Questions about one member's file.</summary>
public sealed class MemberFiles(Database database)
{
    /// <summary>Notes of a member, newest first.</summary>
    public async Task<IReadOnlyList<NoteRow>> Notes(MemberId member, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, text, author, written_at from views.member_notes where member_id = $1 "
            + $"order by written_at desc, key limit {SmartClub.Grains.Model.Limits.NotesPerMember}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<NoteRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new NoteRow(
                rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetString(2),
                rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return found;
    }

    /// <summary>Documents of a member, newest first; their photos are not among them.</summary>
    public Task<IReadOnlyList<FileRow>> Files(MemberId member, CancellationToken cancel) =>
        Read("member_id = $1 and kind <> 'photo'", member.ToString(), cancel);

    /// <summary>One document or photo, whoever it belongs to.</summary>
    public async Task<FileRow?> Find(FileId id, CancellationToken cancel) =>
        await Read("key = $1", id.ToString(), cancel) is [var row] ? row : null;

    /// <summary>How often a member came in two periods that follow each other.</summary>
    public async Task<VisitFigures> Visits(
        MemberId member, DateTimeOffset before, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select max(entered_at), count(*) filter (where entered_at >= $3), "
            + "count(*) filter (where entered_at >= $2 and entered_at < $3) from views.stays v "
            + $"where member_id = $1 and entered_at < $4 and {VisitQueries.HasBeen}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member.ToString() });
        foreach (var moment in (ReadOnlySpan<DateTimeOffset>)[before, from, until])
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = moment.UtcDateTime });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return new VisitFigures(
            rows.IsDBNull(0) ? null : rows.GetFieldValue<DateTimeOffset>(0), rows.GetInt64(1), rows.GetInt64(2));
    }

    private async Task<IReadOnlyList<FileRow>> Read(string condition, string value, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, member_id, name, kind, bytes, author, added_at from views.member_files "
            + $"where {condition} order by added_at desc, key limit {Limits.PageItems}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<FileRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new FileRow(
                rows.GetString(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2), rows.GetString(3),
                rows.GetInt64(4), rows.GetString(5), rows.GetFieldValue<DateTimeOffset>(6)));
        }

        return found;
    }
}
