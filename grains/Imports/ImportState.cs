using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Imports;

/// <summary>How far an import is.</summary>
[JsonConverter(typeof(SnakeEnumConverter<ImportStage>))]
public enum ImportStage
{
    /// <summary>It was never begun.</summary>
    None,

    /// <summary>It is being written, or was cut off: the same file again goes on with it.</summary>
    Running,

    /// <summary>It is written.</summary>
    Done,

    /// <summary>It is being taken back, or that was cut off: asking again goes on with it.</summary>
    Undoing,

    /// <summary>It was taken back.</summary>
    Undone,
}

/// <summary>A file that was taken in. Who is in it, it does not know: only which lines brought what.</summary>
public sealed class ImportState : IGrainState
{
    /// <summary>How far it is.</summary>
    [JsonInclude]
    public ImportStage Stage { get; private set; }

    /// <summary>What each line brings.</summary>
    [JsonInclude]
    public string Lines { get; private set; } = "";

    /// <summary>Why it is taken back; null: it is not.</summary>
    [JsonInclude]
    public string? UndoReason { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened) => (Stage, Lines, UndoReason) = happened switch
    {
        ImportBegun begun => (ImportStage.Running, begun.Lines, null),
        ImportFinished => (ImportStage.Done, Lines, null),
        ImportUndoBegun begun => (ImportStage.Undoing, Lines, begun.Reason),
        ImportUndone => (ImportStage.Undone, Lines, UndoReason),
        _ => (Stage, Lines, UndoReason),
    };
}
