namespace SmartClub.Silo.Journal;

/// <summary>Somebody else owns the journal now.</summary>
public sealed class FencedException(string message, Exception? inner) : Exception(message, inner);
