using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>Notes and documents of members, as their file shows them.</summary>
public sealed class FileView : IView
{
    /// <inheritdoc/>
    public string Name => "member_files";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "member_notes",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["text"] = ColumnType.Text,
                ["author"] = ColumnType.Text,
                ["written_at"] = ColumnType.Time,
            },
            "member_id"),
        new ViewTable(
            "member_files",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["name"] = ColumnType.Text,
                ["kind"] = ColumnType.Text,
                ["bytes"] = ColumnType.Number,
                ["author"] = ColumnType.Text,
                ["added_at"] = ColumnType.Time,
            },
            "member_id"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(NoteWritten), typeof(NoteRemoved), typeof(PhotoSet), typeof(PhotoRemoved), typeof(AttachmentAdded),
        typeof(AttachmentRemoved),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var member = new MemberId(recorded.Grain.Key).ToString();
        switch (recorded.Event)
        {
            case NoteWritten e:
                yield return new RowChange("member_notes", e.NoteId.ToString(), new Dictionary<string, object?>
                {
                    ["member_id"] = member,
                    ["text"] = e.Text,
                    ["author"] = recorded.Principal,
                    ["written_at"] = recorded.At,
                });
                break;
            case NoteRemoved e:
                yield return new RowChange("member_notes", e.NoteId.ToString(), null);
                break;
            case PhotoSet e:
                yield return File(e.FileId, member, null, "photo", 0, recorded);
                break;
            case PhotoRemoved e:
                yield return new RowChange("member_files", e.FileId.ToString(), null);
                break;
            case AttachmentAdded e:
                yield return File(e.FileId, member, e.Name, Refusal.Snake(e.Kind.ToString()), e.Bytes, recorded);
                break;
            case AttachmentRemoved e:
                yield return new RowChange("member_files", e.FileId.ToString(), null);
                break;
        }
    }

    private static RowChange File(
        FileId id, string member, string? name, string kind, long bytes, Recorded recorded) =>
        new("member_files", id.ToString(), new Dictionary<string, object?>
        {
            ["member_id"] = member,
            ["name"] = name,
            ["kind"] = kind,
            ["bytes"] = bytes,
            ["author"] = recorded.Principal,
            ["added_at"] = recorded.At,
        });
}
