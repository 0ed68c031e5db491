using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>Writes a note about a person, for all who work at the club. Notes are not changed, only removed.</summary>
[Needs(Rights.MembersWrite)]
public sealed record WriteNote(MemberId MemberId, [property: Personal] string? Text) : ICommand<Created<NoteTag>>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Takes a note away. Removing it twice changes nothing.</summary>
[Needs(Rights.MembersWrite)]
public sealed record RemoveNote(MemberId MemberId, NoteId NoteId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Shows the person's face from now on. The picture itself lies in a file of this name.</summary>
[Needs(Rights.MembersWrite)]
public sealed record SetPhoto(MemberId MemberId, FileId FileId) : ICommand<Created<FileTag>>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Shows no face any more. Where there is none, nothing changes.</summary>
[Needs(Rights.MembersWrite)]
public sealed record RemovePhoto(MemberId MemberId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Puts a document into the person's file. Its content lies in a file of this name.</summary>
[Needs(Rights.MembersWrite)]
public sealed record AddAttachment(
    MemberId MemberId, FileId FileId, [property: Personal] string? Name, FileKind Kind, long Bytes)
    : ICommand<Created<FileTag>>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Takes a document away. Removing it twice changes nothing.</summary>
[Needs(Rights.MembersWrite)]
public sealed record RemoveAttachment(MemberId MemberId, FileId FileId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>
/// Somebody at the desk lets a person in, whatever the rules would say: they are inside from now on, no visit is used,
/// and the reason stays in their history. A decision of a person, so nothing of the door is asked.
/// </summary>
[Needs(Rights.MembersWrite)]
public sealed record AdmitByHand(MemberId MemberId, GateId GateId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>What a file is, found in its content and not in its name.</summary>
[JsonConverter(typeof(SnakeEnumConverter<FileKind>))]
public enum FileKind
{
    /// <summary>A JPEG picture.</summary>
    Jpeg,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>A WebP picture.</summary>
    Webp,

    /// <summary>A PDF document.</summary>
    Pdf,
}

/// <summary>Why a command about notes, files or an entry by hand is refused, in order of precedence.</summary>
public enum FileRefusal
{
    /// <summary>There is no such member.</summary>
    NotFound,

    /// <summary>The note is empty or too long.</summary>
    InvalidNote,

    /// <summary>The name of the document is empty or too long.</summary>
    InvalidFileName,

    /// <summary>An entry by hand needs a reason, and it must not be too long.</summary>
    InvalidReason,

    /// <summary>The member has as many notes as one can have.</summary>
    TooManyNotes,

    /// <summary>The member has as many documents as one can have.</summary>
    TooManyFiles,

    /// <summary>There is no such gate, or nobody comes in through it.</summary>
    UnknownGate,
}
