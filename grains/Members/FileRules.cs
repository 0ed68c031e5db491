using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what is kept about a person beside their rights, and what the desk decides by hand.</summary>
public static class FileRules
{
    /// <summary>Writes a note.</summary>
    public static Decision Decide(MemberState member, WriteNote write, Facts facts)
    {
        var id = facts.NewId<NoteTag>();
        return !member.Exists ? RefuseUnkept(FileRefusal.NotFound)
            : string.IsNullOrWhiteSpace(write.Text) || write.Text.Length > Limits.TextLength
                ? Refuse(FileRefusal.InvalidNote)
            : member.Notes.Length >= Limits.NotesPerMember ? Refuse(FileRefusal.TooManyNotes)
            : Accept(new Created<NoteTag>(id), new NoteWritten(id, write.Text));
    }

    /// <summary>Takes a note away.</summary>
    public static Decision Decide(MemberState member, RemoveNote remove, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(FileRefusal.NotFound)
            : Array.IndexOf(member.Notes, remove.NoteId) < 0 ? Accept()
            : Accept(new NoteRemoved(remove.NoteId));
    }

    /// <summary>Shows a face.</summary>
    public static Decision Decide(MemberState member, SetPhoto set, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(FileRefusal.NotFound)
            : Accept(new Created<FileTag>(set.FileId), new PhotoSet(set.FileId));
    }

    /// <summary>Shows no face any more.</summary>
    public static Decision Decide(MemberState member, RemovePhoto remove, Facts facts)
    {
        _ = (remove, facts);
        return !member.Exists ? RefuseUnkept(FileRefusal.NotFound)
            : member.Photo is { } photo ? Accept(new PhotoRemoved(photo))
            : Accept();
    }

    /// <summary>Puts a document into the file.</summary>
    public static Decision Decide(MemberState member, AddAttachment add, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(FileRefusal.NotFound)
            : !Limits.IsName(add.Name) ? Refuse(FileRefusal.InvalidFileName)
            : member.Attachments.Length >= Limits.AttachmentsPerMember ? Refuse(FileRefusal.TooManyFiles)
            : Accept(
                new Created<FileTag>(add.FileId), new AttachmentAdded(add.FileId, add.Name, add.Kind, add.Bytes));
    }

    /// <summary>Takes a document away.</summary>
    public static Decision Decide(MemberState member, RemoveAttachment remove, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(FileRefusal.NotFound)
            : Array.IndexOf(member.Attachments, remove.FileId) < 0 ? Accept()
            : Accept(new AttachmentRemoved(remove.FileId));
    }

    /// <summary>Lets the person in. Their presence moves as it does at a door; no membership pays for it.</summary>
    public static Decision Decide(MemberState member, AdmitByHand admit, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(FileRefusal.NotFound);
        }

        if (string.IsNullOrWhiteSpace(admit.Reason) || admit.Reason.Length > Limits.TextLength)
        {
            return Refuse(FileRefusal.InvalidReason);
        }

        if (Door.At(admit.GateId, facts.Reference) is not { Gate.Direction: not GateDirection.Out } door)
        {
            return Refuse(FileRefusal.UnknownGate);
        }

        var ticket = member.LastTicket + 1;
        var scan = ScanHash.OfHand(facts.CommandId);
        var move = Moves.In(member, door, facts.Now, scan, ticket, null, AccessFlags.None);
        var decision = Accept(
            Done.Instance, new AdmittedByHand(door.Gate.Id, door.Zone.Id, facts.Now, ticket, admit.Reason), move);
        Moves.SendPlace(decision, member, admit.MemberId, door.Zone, move);
        return decision;
    }
}
