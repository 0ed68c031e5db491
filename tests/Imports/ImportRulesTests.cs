using SmartClub.Grains.Imports;
using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Imports;

/// <summary>What becomes of an import, and how its lines are written down.</summary>
public sealed class ImportRulesTests
{
    private static readonly ImportId Id = Town.Id<ImportTag>("file");

    private static readonly ImportedLine[] Lines =
    [
        new(2, true, true, true), new(3, false, false, false), new(200, true, false, false),
        new(1_048_576, false, false, true), new(int.MaxValue, true, true, false),
    ];

    private readonly Given<ImportState> import = new(ImportsModule.Module.Grains[0]);

    private static BeginImport Begin { get; } = new(Id, Lines.Length, 3, 2, ImportedLines.Write(Lines));

    [Fact]
    public void Lines_ComeBackAsTheyWere()
    {
        Assert.Equal(Lines, ImportedLines.Read(Begin.Lines));
        Assert.Empty(ImportedLines.Read("")!);
        Assert.Empty(ImportedLines.Read(null)!);

        // As many as a file may have, still far below what one row of the journal holds.
        var many = ImportedLines.Write(Enumerable.Range(2, 50_000).Select(n => new ImportedLine(n, true, true, true)));
        Assert.True(many.Length < 150_000);
        Assert.Equal(50_000, ImportedLines.Read(many)!.Count);
    }

    [Theory]
    [InlineData("no base64")]
    [InlineData("AQ==")]
    [InlineData("AAE=")]
    [InlineData("AQg=")]
    [InlineData("gICAgICAAQE=")]
    [InlineData("gA==")]
    public void Lines_ThatAreNone_AreNotRead(string text) => Assert.Null(ImportedLines.Read(text));

    [Fact]
    public void Lines_ThatDoNotRise_AreNotWritten() => Assert.Throws<ArgumentOutOfRangeException>(
        () => ImportedLines.Write([new(3, false, false, false), new(3, false, false, false)]));

    [Fact]
    public void Import_IsBegunAndFinishedOnce()
    {
        import.When(new FinishImport(Id, 0)).IsRefused(ImportRefusal.NotFound);
        import.When(Begin with { Lines = "no" }).IsRefused(ImportRefusal.InvalidLines);
        import.When(Begin with { Rows = 4 }).IsRefused(ImportRefusal.InvalidLines);
        Assert.Equal(Begin.Lines, import.When(Begin).Tells<ImportBegun>().Lines);
        import.When(Begin).TellsNothing();
        Assert.Equal(1, import.When(new FinishImport(Id, 1)).Tells<ImportFinished>().Refused);
        import.When(new FinishImport(Id, 1)).TellsNothing();
        import.When(Begin).TellsNothing();
        Assert.Equal((ImportStage.Done, Begin.Lines), (import.State.Stage, import.State.Lines));
    }

    [Fact]
    public void Undo_IsRefused_InOrder()
    {
        import.When(new UndoImport(Id, "Wrong file")).IsRefused(ImportRefusal.NotFound);
        import.When(new FinishUndo(Id, 0, 0)).IsRefused(ImportRefusal.NotFound);
        import.When(Begin);
        import.When(new UndoImport(Id, " ")).IsRefused(ImportRefusal.InvalidReason);
        import.When(new UndoImport(Id, new string('x', Limits.TextLength + 1)))
            .IsRefused(ImportRefusal.InvalidReason);
        import.When(new FinishUndo(Id, 0, 0)).IsRefused(ImportRefusal.ImportNotUndone);
    }

    [Fact]
    public void Undo_IsDoneOnce_AlsoOfAnImportThatWasCutOff_AndNothingIsWrittenAfterIt()
    {
        import.When(Begin);
        Assert.Equal("Wrong file", import.When(new UndoImport(Id, "Wrong file")).Tells<ImportUndoBegun>().Reason);
        import.When(new UndoImport(Id, "Again")).TellsNothing();
        Assert.Equal("Wrong file", import.State.UndoReason);
        import.When(Begin).IsRefused(ImportRefusal.ImportUndone);
        import.When(new FinishImport(Id, 0)).IsRefused(ImportRefusal.ImportUndone);
        var undone = import.When(new FinishUndo(Id, 4, 1)).Tells<ImportUndone>();
        Assert.Equal((4, 1), (undone.Withdrawn, undone.Kept));
        import.When(new FinishUndo(Id, 4, 1)).TellsNothing();
        import.When(new UndoImport(Id, "Again")).TellsNothing();
        import.When(Begin).IsRefused(ImportRefusal.ImportUndone);
        Assert.Equal(ImportStage.Undone, import.State.Stage);
    }
}
