using SmartClub.Grains.Model;
using SmartClub.Silo.Backups;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Requests;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>How the daily backup stands.</summary>
/// <param name="Trouble"><c>backup_missing</c>, <c>backup_failed</c> or <c>backup_overdue</c>; null: none.</param>
/// <param name="Text">The same for people.</param>
/// <param name="TriedAt">When one was last begun; null: never.</param>
/// <param name="TriedOk">Whether that one was restored and verified.</param>
/// <param name="Message">What came of it, in a sentence, as it stands in the club's folder.</param>
/// <param name="GoodAt">When the last one was begun that was restored and verified; null: there is none.</param>
/// <param name="GoodRows">How many rows of the journal that one holds.</param>
/// <param name="GoodBytes">How large that one is.</param>
/// <param name="Kept">What lies in the club's folder, newest first.</param>
public sealed record BackupAnswer(
    string? Trouble, DisplayText? Text, DateTimeOffset? TriedAt, bool? TriedOk, string? Message,
    DateTimeOffset? GoodAt, long? GoodRows, long? GoodBytes, IReadOnlyList<KeptBackup> Kept);

/// <summary>The daily backup, for people. Programs ask <c>/health/backup</c>.</summary>
public static class BackupEndpoints
{
    /// <summary>Maps the call.</summary>
    public static void MapBackup(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/backup", Get).Requires(Rights.MetricsRead).WithTags("Health")
            .Documented("GetBackup", "How the daily backup stands, and what is wrong with it.")
            .Produces<BackupAnswer>().IsRead();

    private static IResult Get(BackupStatus status)
    {
        var note = status.Read();
        var trouble = status.Trouble(note);
        var text = trouble is null ? null : new DisplayText(
            Texts.Get("fr", "problem." + trouble), Texts.Get("en", "problem." + trouble));
        return Results.Json(
            new BackupAnswer(
                trouble, text, note?.LastTry.At, note?.LastTry.Ok, note?.LastTry.Message, note?.LastGood?.At,
                note?.LastGood?.Rows, note?.LastGood?.Bytes, status.Kept()),
            ApiJson.Options);
    }
}
