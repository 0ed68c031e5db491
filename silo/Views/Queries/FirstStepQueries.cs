using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>What a club has of what its first open door needs.</summary>
/// <param name="Site">A site.</param>
/// <param name="Zone">A zone.</param>
/// <param name="Gate">A gate.</param>
/// <param name="Plan">A plan.</param>
/// <param name="Member">Somebody whose membership runs and who has a badge or code.</param>
/// <param name="Door">Somebody came in by a badge or code; whom the desk let in by hand proves nothing.</param>
public sealed record FirstSteps(bool Site, bool Zone, bool Gate, bool Plan, bool Member, bool Door);

/// <summary>Looks whether a new club has what it needs.</summary>
public sealed class FirstStepQueries(Database database)
{
    private const string Question =
        """
        select exists (select from views.sites), exists (select from views.zones), exists (select from views.gates),
          exists (select from views.plans),
          exists (select from views.members m where m.status = 'active'
            and (exists (select from views.credentials c where c.member_id = m.key and not c.revoked)
              or exists (select from views.pass_keys p where p.member_id = m.key and not p.revoked))),
          exists (select from views.stays s where s.member_id is not null
            and not exists (select from views.stays_undone u where u.key = s.scan_key)
            and not exists (select from views.anomalies a
              where a.kind = 'by_hand' and a.member_id = s.member_id and a.at = s.entered_at))
        """;

    /// <summary>Asks for all of it at once.</summary>
    public async Task<FirstSteps> Find(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(Question, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new FirstSteps(
            row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4),
            row.GetBoolean(5));
    }
}
