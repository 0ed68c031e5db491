using Npgsql;

namespace SmartClub.Tests.Support;

/// <summary>Holds back every commit of the journal until released: appending waits for this table lock.</summary>
internal sealed class CommitHold : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private NpgsqlTransaction? transaction;

    private CommitHold(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
    }

    public static async Task<CommitHold> Take(TestDatabase database)
    {
        var connection = await database.Open();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            "lock table journal.rows in share row exclusive mode", connection, transaction);
        await command.ExecuteNonQueryAsync();
        return new CommitHold(connection, transaction);
    }

    /// <summary>Lets commits go on.</summary>
    public async Task Release()
    {
        if (transaction is { } held)
        {
            transaction = null;
            await held.DisposeAsync();
        }
    }

    /// <summary>Does this as the one who holds everybody else back, and lets go.</summary>
    public async Task Commit(string sql)
    {
        await using (var command = new NpgsqlCommand(sql, connection, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        await transaction!.CommitAsync();
        transaction = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Release();
        await connection.DisposeAsync();
    }
}
