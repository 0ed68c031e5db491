using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Imports;

/// <summary>All that the feature "imports" owns.</summary>
public static class ImportsModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "imports",
        [
            new GrainDefinition<ImportState>(kind: 40, "import")
                .Command<BeginImport, Done>("import.begin", ImportRules.Decide)
                .Command<FinishImport, Done>("import.finish", ImportRules.Decide)
                .Command<UndoImport, Done>("import.undo", ImportRules.Decide)
                .Command<FinishUndo, Done>("import.finish_undo", ImportRules.Decide)
                .Event<ImportBegun>("import.begun.v1")
                .Event<ImportFinished>("import.finished.v1")
                .Event<ImportUndoBegun>("import.undo_begun.v1")
                .Event<ImportUndone>("import.undone.v1"),
        ],
        [new ImportView()],
        [typeof(ImportRefusal)]);
}
