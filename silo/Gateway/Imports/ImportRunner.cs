using System.Collections.Concurrent;
using System.Security.Cryptography;
using SmartClub.Grains.Imports;
using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>What became of a file.</summary>
/// <param name="ImportId">By which it can be taken back; null: nothing was written.</param>
/// <param name="Applied">Whether it was written; where a line is wrong, nothing is.</param>
/// <param name="Rows">Lines that hold something.</param>
/// <param name="Members">Members to register.</param>
/// <param name="Memberships">Memberships to give.</param>
/// <param name="Badges">Badges and codes to give.</param>
/// <param name="Columns">The name of the file's column for each field that was found.</param>
/// <param name="FileColumns">All columns of the file, in its order.</param>
/// <param name="Errors">What is wrong; of very many the first.</param>
/// <param name="ErrorCount">How much is wrong.</param>
public sealed record ImportReport(
    string? ImportId, bool Applied, int Rows, int Members, int Memberships, int Badges,
    IReadOnlyDictionary<string, string> Columns, IReadOnlyList<string> FileColumns,
    IReadOnlyList<ImportError> Errors, int ErrorCount);

/// <summary>
/// Takes a file of members in. All of it is checked before anything is written; what is written has ids that derive
/// from the file, so that the same file again goes on where a crash stopped it, and does nothing twice. A file that was
/// taken back is another import when it comes again.
/// </summary>
public sealed class ImportRunner(
    IGrains grains, ClubKeys keys, PlanMirror plans, CredentialMirror credentials, ContactQueries contacts,
    ImportTurn turn, ReadAfter reads, TimeProvider time)
{
    /// <summary>
    /// Checks a file, and writes it unless it is only a trial or something is wrong. Who goes away while it is looked
    /// at has wanted nothing; once writing began it goes on without them: half a file is worse than none.
    /// </summary>
    public async Task<ImportReport> Run(
        byte[] bytes, IReadOnlyDictionary<ImportField, string> chosen, bool isTrial, StaffPrincipal who,
        Action<int, int> progress, CancellationToken cancel)
    {
        using var mine = await turn.Take(cancel);
        cancel.ThrowIfCancellationRequested();
        var file = ImportFile.Read(bytes);
        var columns = ImportColumns.Find(file.Columns, chosen);
        var id = await Id(bytes, columns);
        await reads.CatchUp(cancel);
        var check = new ImportCheck(
            file, columns, chosen, plans, credentials, keys, await contacts.All(cancel),
            line => ImportedIds.Member(id, line),
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var rows = check.Run();
        var report = new ImportReport(
            null, false, file.Lines.Count, rows.Count, rows.Count(r => r.Plan is not null),
            rows.Count(r => r.Badge is not null),
            columns.ToDictionary(c => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(c.Key.ToString()),
                c => file.Columns[c.Value]),
            file.Columns,
            [.. check.Errors.Take(Limits.ImportErrors)], check.Errors.Count);
        if (isTrial || check.Errors.Count > 0)
        {
            return report;
        }

        turn.Tell(id, 0, rows.Count);
        await Tell(new CommandId(id.Value), new BeginImport(
            id, rows.Count, report.Memberships, report.Badges, ImportedLines.Write(rows.Select(Brings))), who);
        var late = await Write(rows, id, who, (done, total) =>
        {
            turn.Tell(id, done, total);
            progress(done, total);
        });
        await Tell(new CommandId(id.Value), new FinishImport(id, late.Count), who);
        return report with
        {
            ImportId = id.ToString(),
            Applied = true,
            Errors = [.. late.Take(Limits.ImportErrors)],
            ErrorCount = late.Count,
        };
    }

    // Once per undo of the same file: what was taken back stays so, and the file makes everything anew.
    private async Task<ImportId> Id(byte[] bytes, IReadOnlyDictionary<ImportField, int> columns)
    {
        var named = CommandId.Of(
            "import", Convert.ToHexStringLower(SHA256.HashData(bytes)),
            string.Join(',', columns.OrderBy(c => c.Key).Select(c => $"{c.Key}={c.Value}")));
        for (var round = 0; ; round++)
        {
            var id = new ImportId((round == 0 ? named : named.Derive("again", round)).Value);
            var stage = await grains.Read<ImportState, ImportStage>(id.Grain, import => import.Stage);
            if (stage is not (ImportStage.Undoing or ImportStage.Undone))
            {
                return id;
            }
        }
    }

    private static ImportedLine Brings(ImportRow row) =>
        new(row.Line, row.Plan is not null, row.IsPaid, row.Badge is not null);

    // The same again each time the file comes; what it was told the first time counts.
    private async Task Tell(CommandId id, ICommand command, StaffPrincipal who)
    {
        var answered = await grains.Send(
            command, new Envelope(id.Derive(command.GetType().Name), who.Caller));
        if (answered.Answer.Refusal is { } refusal)
        {
            throw new UnreadableFileException(refusal.Code);
        }
    }

    private async Task<IReadOnlyList<ImportError>> Write(
        IReadOnlyList<ImportRow> rows, ImportId import, StaffPrincipal who, Action<int, int> progress)
    {
        var refused = new ConcurrentBag<ImportError>();
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Limits.ImportAtOnce };
        await Parallel.ForEachAsync(rows, options, async (row, _) =>
        {
            if (await Write(row, import, who) is { } refusal)
            {
                refused.Add(ImportCheck.Error(row.Line, "", refusal.Code));
            }

            progress(Interlocked.Increment(ref done), rows.Count);
        });
        return [.. refused.OrderBy(e => e.Line)];
    }

    // Somebody may take a badge between the look and the writing; that line is told, and the member stays without it.
    private async Task<Refusal?> Write(ImportRow row, ImportId import, StaffPrincipal who)
    {
        var member = ImportedIds.Member(import, row.Line);
        async Task<Refusal?> Send(ICommand command, string purpose) => (await grains.Send(
            command, new Envelope(ImportedIds.Command(import, purpose, row.Line), who.Caller))).Answer.Refusal;

        var refusal = await Send(
            new RegisterMember(member, row.FirstName, row.LastName, row.Email, row.Phone), ImportedIds.Register);
        if (refusal is null && row.Plan is { } plan)
        {
            refusal = await Send(new AddMembership(member, plan, row.StartsOn, row.IsPaid), ImportedIds.Membership);
        }

        return refusal is null && row.Badge is { } badge
            ? await Send(
                new AddCredential(member, CredentialKeys.Of(keys, row.BadgeKind, badge), row.BadgeKind, badge),
                ImportedIds.Badge)
            : refusal;
    }
}
