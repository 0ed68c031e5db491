using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Imports;

/// <summary>Decides what becomes of an import. Whether a member may be withdrawn, the member decides.</summary>
public static class ImportRules
{
    /// <summary>Begins to write it.</summary>
    public static Decision Decide(ImportState import, BeginImport begin, Facts facts)
    {
        _ = facts;
        return ImportedLines.Read(begin.Lines) is not { } lines || lines.Count != begin.Rows
                ? Refuse(ImportRefusal.InvalidLines)
            : import.Stage is ImportStage.Undoing or ImportStage.Undone ? Refuse(ImportRefusal.ImportUndone)
            : import.Stage != ImportStage.None ? Accept()
            : Accept(new ImportBegun(begin.Rows, begin.Memberships, begin.Badges, begin.Lines));
    }

    /// <summary>Ends writing it.</summary>
    public static Decision Decide(ImportState import, FinishImport finish, Facts facts)
    {
        _ = facts;
        return import.Stage switch
        {
            ImportStage.None => RefuseUnkept(ImportRefusal.NotFound),
            ImportStage.Running => Accept(new ImportFinished(finish.Refused)),
            ImportStage.Done => Accept(),
            _ => Refuse(ImportRefusal.ImportUndone),
        };
    }

    /// <summary>Begins to take it back, also where it was never written to its end.</summary>
    public static Decision Decide(ImportState import, UndoImport undo, Facts facts)
    {
        _ = facts;
        return import.Stage == ImportStage.None ? RefuseUnkept(ImportRefusal.NotFound)
            : string.IsNullOrWhiteSpace(undo.Reason) || undo.Reason.Length > Limits.TextLength
                ? Refuse(ImportRefusal.InvalidReason)
            : import.Stage is ImportStage.Undoing or ImportStage.Undone ? Accept()
            : Accept(new ImportUndoBegun(undo.Reason));
    }

    /// <summary>Ends taking it back.</summary>
    public static Decision Decide(ImportState import, FinishUndo finish, Facts facts)
    {
        _ = facts;
        return import.Stage switch
        {
            ImportStage.None => RefuseUnkept(ImportRefusal.NotFound),
            ImportStage.Undoing => Accept(new ImportUndone(finish.Withdrawn, finish.Kept)),
            ImportStage.Undone => Accept(),
            _ => Refuse(ImportRefusal.ImportNotUndone),
        };
    }
}
