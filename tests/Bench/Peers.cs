using Npgsql;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// What a scan is measured against, as a process of its own: a bare Kestrel endpoint that reads and writes the same
/// JSON, and the same decision as one PostgreSQL transaction with a row lock.
/// </summary>
internal static class Peers
{
    public static async Task Serve(int port, string? databaseUri)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenLocalhost(port));
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        var app = builder.Build();
        if (databaseUri is null)
        {
            app.MapPost("/api/gates/v1/access", (AccessRequest request) => Answer(request.ScanId!));
        }
        else
        {
            var database = new Database(databaseUri);
            var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 64 };
            var source = NpgsqlDataSource.Create(settings.ConnectionString);
            app.MapPost("/api/gates/v1/access", async (AccessRequest request) =>
            {
                await Decide(source, request);
                return Answer(request.ScanId!);
            });
        }

        await app.RunAsync();
    }

    public static async Task Prepare(string uri, IReadOnlyList<string> badges)
    {
        await BenchSilo.Execute(
            uri, "create table peer_member (badge text primary key, last_day date, inside boolean)");
        await BenchSilo.Execute(
            uri, "create table peer_event (id bigserial primary key, badge text, at timestamptz, body jsonb)");
        await BenchSilo.Execute(
            uri,
            $"insert into peer_member select '04A1' || lpad(upper(to_hex(i)), 8, '0'), '2036-01-01', false "
            + $"from generate_series(0, {badges.Count - 1}) i");
    }

    private static AccessReply Answer(string scan) => new(
        "grant", Grains.Members.Commands.AccessReason.Ok, "tkt_" + scan, 1, 5_000,
        new DisplayText("Bonne séance, Ruth", "Enjoy your session, Ruth"), new ShownMember("Ruth Lukusa", null));

    private static async Task Decide(NpgsqlDataSource source, AccessRequest request)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var find = new NpgsqlCommand(
            "select last_day, inside from peer_member where badge = $1 for update", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Credential!.Value! });
        await using (var row = await find.ExecuteReaderAsync())
        {
            if (!await row.ReadAsync() || row.GetDateTime(0) < DateTime.UtcNow)
            {
                throw new InvalidOperationException("Nobody has this badge.");
            }
        }

        await using var update = new NpgsqlCommand("update peer_member set inside = $2 where badge = $1", connection);
        update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Credential.Value! });
        var isIn = request.Direction == Grains.Model.Direction.In;
        update.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isIn });
        await update.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand(
            "insert into peer_event (badge, at, body) values ($1, now(), $2::jsonb)", connection);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Credential.Value! });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = """{"decision":"grant","reason":"ok"}""" });
        await insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
