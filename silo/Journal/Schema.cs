using System.Reflection;
using Npgsql;
using SmartClub.Setup;

namespace SmartClub.Silo.Journal;

/// <summary>The silo will not run on this database; the message says why in one sentence.</summary>
public sealed class RefusesToRunException(FormattableString sentence) : Exception(Words.English(sentence))
{
    /// <summary>What is said to whoever wanted it to run.</summary>
    public FormattableString Sentence => sentence;
}

/// <summary>Brings the schema forward, never back, inside a lock, and checks that commits are durable.</summary>
public static class Schema
{
    // Any number that all silos agree on; it only serialises migrations.
    private const long MigrationLock = 0x5343_4d49_4752;

    /// <summary>The newest schema that this program knows.</summary>
    public static int Newest => Scripts().Count;

    /// <summary>
    /// Applies the migrations that are missing, each in its own transaction; up to one of them where rows of that
    /// schema are about to come.
    /// </summary>
    public static async Task Migrate(Database database, CancellationToken cancel, int upTo = int.MaxValue)
    {
        await using var connection = await database.Open(cancel);
        await Run(connection, $"select pg_advisory_lock({MigrationLock})", cancel);
        try
        {
            await Run(connection, "create table if not exists public.schema_version (number int primary key)", cancel);
            var done = Convert.ToInt32(
                await Scalar(connection, "select coalesce(max(number), 0) from public.schema_version", cancel),
                System.Globalization.CultureInfo.InvariantCulture);
            var known = Scripts();
            if (done > known.Count)
            {
                throw new RefusesToRunException(
                    $"The database has schema {done}; this version knows only {known.Count}. Use a newer SmartClub.");
            }

            foreach (var (number, sql) in known.Where(s => s.Number > done && s.Number <= upTo))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await Run(connection, sql, cancel);
                await Run(connection, $"insert into public.schema_version values ({number})", cancel);
                await transaction.CommitAsync(cancel);
            }
        }
        finally
        {
            await Run(connection, $"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    /// <summary>Refuses a database that would say "committed" before the disk has it.</summary>
    public static void RequireDurableCommits(NpgsqlConnection connection)
    {
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            using var command = new NpgsqlCommand($"show {setting}", connection);
            var value = (string)command.ExecuteScalar()!;
            if (value == "off" || (setting == "synchronous_commit" && value == "local"))
            {
                throw new RefusesToRunException(
                    $"The database has {setting} = {value}: a power cut could lose what was confirmed. Turn it on.");
            }
        }
    }

    private static List<(int Number, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<(int, string)>();
        var names = assembly.GetManifestResourceNames();
        foreach (var name in names.Where(n => n.EndsWith(".sql", StringComparison.Ordinal)))
        {
            var file = name.Split('.')[^2];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add((int.Parse(file.AsSpan(0, 4), provider: null), reader.ReadToEnd()));
        }

        scripts.Sort();
        return scripts;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }
}
