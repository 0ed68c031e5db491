using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.People;

public enum ShowingKind
{
    /// <summary>A swipe of the log, given to a person.</summary>
    Entry,

    /// <summary>A swipe of the log, given to somebody inside.</summary>
    Exit,

    /// <summary>An exit the log misses, after a plausible stay.</summary>
    InferredExit,

    /// <summary>The same badge again within seconds.</summary>
    Repeat,

    /// <summary>A badge nobody knows.</summary>
    Unknown,
}

/// <summary>A badge that is held to a reader.</summary>
/// <param name="Number">Rises by one; part of the scanId.</param>
/// <param name="At">Local time of the site.</param>
/// <param name="Visitor">Number of the member, or -1 for an unknown badge.</param>
/// <param name="Kind">Why this showing exists.</param>
/// <param name="Direction">In or out.</param>
/// <param name="Place">The place entered or left.</param>
/// <param name="Reader">Where the badge is held.</param>
public readonly record struct Showing(
    long Number, DateTime At, int Visitor, ShowingKind Kind, Direction Direction, Place Place, Reader Reader);

/// <summary>Nothing disappears: every swipe is in exactly one of these.</summary>
public sealed class AssignerCounts
{
    public long Entries { get; internal set; }

    /// <summary>Entries for which everybody likely was inside already.</summary>
    public long EntriesWithoutPerson { get; internal set; }

    public long Exits { get; internal set; }

    /// <summary>Exits while nobody was inside who could leave there.</summary>
    public long ExitsWithoutPerson { get; internal set; }

    public long InferredExits { get; internal set; }

    /// <summary>Visits to places that only read on the way in; they end unseen.</summary>
    public long UnseenExits { get; internal set; }

    public long Repeats { get; internal set; }

    public long Unknown { get; internal set; }
}
