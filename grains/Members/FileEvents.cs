using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>Somebody wrote something down about the person.</summary>
public sealed record NoteWritten(NoteId NoteId, [property: Personal] string? Text) : IEvent;

/// <summary>A note was taken away.</summary>
public sealed record NoteRemoved(NoteId NoteId) : IEvent;

/// <summary>The person has a face from now on; it lies in the file of this name.</summary>
public sealed record PhotoSet(FileId FileId) : IEvent;

/// <summary>The face is shown no more.</summary>
public sealed record PhotoRemoved(FileId FileId) : IEvent;

/// <summary>A document was put into the person's file.</summary>
public sealed record AttachmentAdded(FileId FileId, [property: Personal] string? Name, FileKind Kind, long Bytes)
    : IEvent;

/// <summary>A document was taken away.</summary>
public sealed record AttachmentRemoved(FileId FileId) : IEvent;

/// <summary>
/// Somebody at the desk let the person in. What it did to presence follows in the same decision; the ticket is the
/// number under which it did so.
/// </summary>
public sealed record AdmittedByHand(
    GateId GateId, ZoneId ZoneId, DateTimeOffset At, long Ticket, [property: Personal] string? Reason) : IEvent;
