using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Notes, photo, documents and entries by hand.</summary>
public sealed class FileRulesTests
{
    private static readonly FileId File = Town.Id<FileTag>("file");
    private readonly Given<MemberState> nobody = new(MembersModule.Module.Grains[0]);
    private readonly Hall hall = new();

    private Given<MemberState> Ruth => hall.Grain;

    [Fact]
    public void Note_IsRefused_InOrder()
    {
        nobody.When(new WriteNote(Hall.Member, "x")).IsRefused(FileRefusal.NotFound);
        Ruth.When(new WriteNote(Hall.Member, "  ")).IsRefused(FileRefusal.InvalidNote);
        var tooLong = new string('x', Limits.TextLength + 1);
        Ruth.When(new WriteNote(Hall.Member, tooLong)).IsRefused(FileRefusal.InvalidNote);
        for (var i = 0; i < Limits.NotesPerMember; i++)
        {
            Ruth.When(new WriteNote(Hall.Member, $"{i}")).Tells<NoteWritten>();
        }

        Ruth.When(new WriteNote(Hall.Member, "x")).IsRefused(FileRefusal.TooManyNotes);
    }

    [Fact]
    public void Note_IsRemoved_Once()
    {
        var note = Ruth.When(new WriteNote(Hall.Member, "Préfère payer en francs.")).Tells<NoteWritten>();
        Ruth.When(new RemoveNote(Hall.Member, note.NoteId)).Tells<NoteRemoved>();
        Ruth.When(new RemoveNote(Hall.Member, note.NoteId)).TellsNothing();
        Assert.Empty(Ruth.State.Notes);
    }

    [Fact]
    public void Photo_IsTheLastOneSet_AndTakenAwayOnce()
    {
        Ruth.When(new RemovePhoto(Hall.Member)).TellsNothing();
        Ruth.When(new SetPhoto(Hall.Member, File)).Tells<PhotoSet>();
        Ruth.When(new SetPhoto(Hall.Member, Town.Id<FileTag>("other"))).Tells<PhotoSet>();
        Assert.Equal(Town.Id<FileTag>("other"), Ruth.When(new RemovePhoto(Hall.Member)).Tells<PhotoRemoved>().FileId);
        Ruth.When(new RemovePhoto(Hall.Member)).TellsNothing();
    }

    [Fact]
    public void Document_IsRefused_InOrder()
    {
        var add = new AddAttachment(Hall.Member, File, "certificat.pdf", FileKind.Pdf, 1_200);
        nobody.When(add).IsRefused(FileRefusal.NotFound);
        Ruth.When(add with { Name = " " }).IsRefused(FileRefusal.InvalidFileName);
        for (var i = 0; i < Limits.AttachmentsPerMember; i++)
        {
            Ruth.When(add with { FileId = Town.Id<FileTag>($"{i}") }).Tells<AttachmentAdded>();
        }

        Ruth.When(add).IsRefused(FileRefusal.TooManyFiles);
        Ruth.When(new RemoveAttachment(Hall.Member, Town.Id<FileTag>("0"))).Tells<AttachmentRemoved>();
        Ruth.When(new RemoveAttachment(Hall.Member, Town.Id<FileTag>("0"))).TellsNothing();
    }

    [Fact]
    public void ByHand_IsRefused_WithoutAReasonOrADoorInwards()
    {
        var exit = hall.Town.AddGate(hall.Zone, "Exit");
        hall.Town.Put(exit with { Direction = GateDirection.Out });
        nobody.When(new AdmitByHand(Hall.Member, hall.Gate.Id, "x")).IsRefused(FileRefusal.NotFound);
        Ruth.When(new AdmitByHand(Hall.Member, hall.Gate.Id, " ")).IsRefused(FileRefusal.InvalidReason);
        Ruth.When(new AdmitByHand(Hall.Member, Town.Id<GateTag>("none"), "x")).IsRefused(FileRefusal.UnknownGate);
        Ruth.When(new AdmitByHand(Hall.Member, exit.Id, "x")).IsRefused(FileRefusal.UnknownGate);
    }

    [Fact]
    public void ByHand_PutsInside_WithoutAMembershipAndWithoutAVisitOfOne()
    {
        var decision = Ruth.When(new AdmitByHand(Hall.Member, hall.Gate.Id, "Paie à la sortie"));
        Assert.Equal("Paie à la sortie", decision.Tells<AdmittedByHand>().Reason);
        var entered = decision.Tells<Entered>();
        Assert.Null(entered.MembershipId);
        Assert.True(Ruth.State.PresenceIn(hall.Zone.Id) is { IsInside: true });
        Assert.Equal(decision.Tells<AdmittedByHand>().Ticket, Ruth.State.LastTicket);
    }

    [Fact]
    public void ByHand_TakesAPlace_WherePlacesAreCounted()
    {
        var small = new Hall(capacity: 1);
        var place = small.Grain.When(new AdmitByHand(Hall.Member, small.Gate.Id, "Invitée")).Sends<CapturePlace>();
        Assert.Equal(small.Zone.Id, place.ZoneId);
    }
}
