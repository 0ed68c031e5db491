using SmartClub.Grains.Model;

namespace SmartClub.Grains.Imports.Commands;

/// <summary>Says what a file is about to bring, before any of it is written. Saying it again changes nothing.</summary>
/// <param name="ImportId">Derives from the file, so that the same file is the same import until it is undone.</param>
/// <param name="Rows">Lines that hold something.</param>
/// <param name="Memberships">Memberships to give.</param>
/// <param name="Badges">Badges and codes to give.</param>
/// <param name="Lines">What each line brings, as <see cref="ImportedLines"/> writes it.</param>
[Needs(Rights.MembersImport)]
public sealed record BeginImport(ImportId ImportId, int Rows, int Memberships, int Badges, string Lines)
    : ICommand<Done>
{
    GrainId ICommand.Target => ImportId.Grain;
}

/// <summary>Says that every line was written, but for those refused. Saying it again changes nothing.</summary>
[Needs(Rights.MembersImport)]
public sealed record FinishImport(ImportId ImportId, int Refused) : ICommand<Done>
{
    GrainId ICommand.Target => ImportId.Grain;
}

/// <summary>Has all that the import made taken back. Asking again goes on where it stopped.</summary>
[Needs(Rights.MembersImport)]
public sealed record UndoImport(ImportId ImportId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => ImportId.Grain;
}

/// <summary>Says how taking back went. Saying it again changes nothing.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Withdrawn">Members that are gone.</param>
/// <param name="Kept">Members that were used since, and stay.</param>
[Needs(Rights.MembersImport)]
public sealed record FinishUndo(ImportId ImportId, int Withdrawn, int Kept) : ICommand<Done>
{
    GrainId ICommand.Target => ImportId.Grain;
}

/// <summary>Why a command about an import is refused, in order of precedence.</summary>
public enum ImportRefusal
{
    /// <summary>There is no such import.</summary>
    NotFound,

    /// <summary>The lines are no lines.</summary>
    InvalidLines,

    /// <summary>There is no reason, or it is too long.</summary>
    InvalidReason,

    /// <summary>The import is being taken back, or was: nothing more is written in its name.</summary>
    ImportUndone,

    /// <summary>Nobody asked for the import to be taken back.</summary>
    ImportNotUndone,
}
