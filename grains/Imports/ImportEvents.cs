using SmartClub.Grains.Model;

namespace SmartClub.Grains.Imports;

/// <summary>A file was found good, and is being written.</summary>
public sealed record ImportBegun(int Rows, int Memberships, int Badges, string Lines) : IEvent;

/// <summary>All of a file is written, but for the lines that were refused meanwhile.</summary>
public sealed record ImportFinished(int Refused) : IEvent;

/// <summary>What the file brought is being taken back.</summary>
public sealed record ImportUndoBegun([property: Personal] string? Reason) : IEvent;

/// <summary>What the file brought is gone, but for members that were used since.</summary>
public sealed record ImportUndone(int Withdrawn, int Kept) : IEvent;
