using System.Globalization;
using System.Text;
using SmartClub.Grains.Model;
using SmartClub.Silo.Backups;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Gateway;

/// <summary>Health for supervisors and proxies, figures for Prometheus.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).ForAnyone()
            .WithTags("Health").WithSummary("200 while the process serves.");
        routes.MapGet("/health/ready", Ready).ForAnyone()
            .WithTags("Health").WithSummary("200 when this silo is active and its views are up to date.");
        routes.MapGet("/health/backup", Backup).RequiresAwayFromMachine(Rights.MetricsRead)
            .WithTags("Health").WithSummary("200 when the last daily backup was restored and verified, and is recent.");
        routes.MapGet("/metrics", Metrics).RequiresAwayFromMachine(Rights.MetricsRead).ExcludeFromDescription();
    }

    private static IResult Ready(SiloHost silo) => silo.IsReady
        ? Results.Json(new { role = "active" })
        : Problems.Of(
            silo.IsActive ? "view_behind" : "standby",
            more: new() { ["role"] = silo.IsActive ? "active" : "standby" });

    private static IResult Backup(BackupStatus status)
    {
        var note = status.Read();
        var more = new Dictionary<string, object>();
        if (note?.LastGood is { } good)
        {
            more = new() { ["at"] = good.At, ["rows"] = good.Rows, ["bytes"] = good.Bytes };
        }

        return status.Trouble(note) is { } code ? Problems.Of(code, more: more) : Results.Json(more, ApiJson.Options);
    }

    private static void BackupFigures(StringBuilder text, BackupStatus status)
    {
        var note = status.Read();
        var good = note?.LastGood;
        Gauge(text, "smartclub_backup_ok", "1 while the last backup was restored and verified, and is recent.",
            status.Trouble(note) is null ? 1 : 0);
        Gauge(text, "smartclub_backup_last_try_timestamp_seconds", "When a backup was last begun; 0: never.",
            note?.LastTry.At.ToUnixTimeSeconds() ?? 0);
        Gauge(text, "smartclub_backup_last_good_timestamp_seconds", "When the last verified one was begun; 0: never.",
            good?.At.ToUnixTimeSeconds() ?? 0);
        Gauge(text, "smartclub_backup_rows", "Rows of the last verified backup.", good?.Rows ?? 0);
        Gauge(text, "smartclub_backup_bytes", "Size of the last verified backup.", good?.Bytes ?? 0);
    }

    private static IResult Metrics(
        SiloHost silo, Lease lease, JournalWriter writer, ViewRunner views, Catalogue catalogue,
        Deliveries deliveries, BackupStatus backups)
    {
        var text = new StringBuilder();
        Gauge(text, "smartclub_active", "1 while this silo takes commands.", silo.IsActive ? 1 : 0);
        Gauge(text, "smartclub_epoch", "Owners of the journal so far, 0 while this silo is none.", lease.Epoch);
        Gauge(text, "smartclub_journal_position", "Last durable position.", writer.DurablePosition);
        Gauge(text, "smartclub_journal_queue_rows", "Rows waiting for the journal.", writer.QueueLength);
        Counter(text, "smartclub_journal_batches_total", "Group commits of this silo.", writer.Batches);
        Gauge(text, "smartclub_views_position", "Position that the views have reached.", views.Reached);
        Gauge(text, "smartclub_activations", "Grains in memory.", catalogue.Count);
        Gauge(text, "smartclub_deliveries_backlog", "Sends and reminders under way or waiting.", deliveries.Backlog);
        BackupFigures(text, backups);
        Gauge(text, "dotnet_heap_bytes", "Managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        Counter(text, "dotnet_allocated_bytes_total", "Managed memory allocated.", GC.GetTotalAllocatedBytes());
        Counter(text, "dotnet_collections_total", "Garbage collections.", GC.CollectionCount(0));
        Gauge(text, "process_working_set_bytes", "Memory of the process.", Environment.WorkingSet);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4");
    }

    private static void Gauge(StringBuilder text, string name, string help, long value) =>
        Metric(text, "gauge", name, help, value);

    private static void Counter(StringBuilder text, string name, string help, long value) =>
        Metric(text, "counter", name, help, value);

    private static void Metric(StringBuilder text, string type, string name, string help, long value) => text
        .Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");
}
