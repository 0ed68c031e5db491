namespace SmartClub.Silo.Journal;

/// <summary>Learns of committed rows on the writer's thread, before anybody gets a reply. Must be quick.</summary>
public interface ICommitListener
{
    /// <summary>These rows are durable; they come in order and without gaps.</summary>
    void Committed(IReadOnlyList<PendingRow> rows);
}
