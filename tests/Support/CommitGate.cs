using Npgsql;

namespace SmartClub.Tests.Support;

/// <summary>
/// Lets the journal grow up to a position and holds what comes behind it, so that a silo can be killed between any
/// two steps of a process.
/// </summary>
internal sealed class CommitGate : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private CommitGate(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<CommitGate> After(TestDatabase database, long position)
    {
        await database.Run(
            $"""
            create or replace function test_gate() returns trigger language plpgsql as $$ begin
              if new.position > {position} then perform pg_advisory_xact_lock_shared(42); end if;
              return new;
            end $$;
            create or replace trigger test_gate before insert on journal.rows
              for each row execute function test_gate()
            """);
        var connection = await database.Open();
        await using var command = new NpgsqlCommand("select pg_advisory_lock(42)", connection);
        await command.ExecuteNonQueryAsync();
        return new CommitGate(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("select pg_advisory_unlock(42)", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await connection.DisposeAsync();
    }
}
