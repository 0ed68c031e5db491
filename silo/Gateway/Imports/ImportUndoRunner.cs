using System.Collections.Concurrent;
using SmartClub.Grains.Imports;
using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>A member who stays, and why.</summary>
public sealed record KeptMember(string Id, int Line, string DisplayName, string Code, DisplayText Text);

/// <summary>What became of taking an import back.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Withdrawn">Members that are gone, with their memberships and badges.</param>
/// <param name="Kept">Who stays; of very many the first.</param>
/// <param name="KeptCount">How many stay.</param>
public sealed record UndoReport(string ImportId, int Withdrawn, IReadOnlyList<KeptMember> Kept, int KeptCount);

/// <summary>
/// Takes an import back. Each member decides for itself, whole or not at all; the ids of what is sent derive from the
/// import, so that asking again after a crash goes on, and a member who was kept once is not taken later by surprise.
/// </summary>
public sealed class ImportUndoRunner(IGrains grains, ImportTurn turn, NameMirror names)
{
    private const string NotThere = "not_found";

    /// <summary>Takes it back. It goes on when nobody listens any more: half a file is worse than none.</summary>
    public async Task<UndoReport> Run(ImportId import, StaffPrincipal who, Action<int, int> progress)
    {
        using var mine = await turn.Take(CancellationToken.None);
        var (text, reason) = await grains.Read<ImportState, (string, string?)>(
            import.Grain, i => (i.Lines, i.UndoReason));
        var lines = ImportedLines.Read(text) ?? [];
        var kept = new ConcurrentBag<KeptMember>();
        var (done, gone) = (0, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Limits.ImportAtOnce };
        await Parallel.ForEachAsync(lines, options, async (line, _) =>
        {
            var refusal = await Withdraw(import, line, reason, who);
            if (refusal is null)
            {
                Interlocked.Increment(ref gone);
            }
            else if (refusal.Code != NotThere)
            {
                kept.Add(Kept(ImportedIds.Member(import, line.Line), line.Line, refusal.Code));
            }

            var soFar = Interlocked.Increment(ref done);
            turn.Tell(import, soFar, lines.Count);
            progress(soFar, lines.Count);
        });
        await grains.Send(
            new FinishUndo(import, gone, kept.Count),
            new Envelope(new CommandId(import.Value).Derive("finish_undo"), who.Caller));
        return new UndoReport(
            import.ToString(), gone, [.. kept.OrderBy(k => k.Line).Take(Limits.ImportErrors)], kept.Count);
    }

    private async Task<Refusal?> Withdraw(ImportId import, ImportedLine line, string? reason, StaffPrincipal who)
    {
        var command = new WithdrawMember(
            ImportedIds.Member(import, line.Line),
            line.HasMembership
                ? ImportedIds.Of<MembershipTag>(import, ImportedIds.Membership, line.Line) : null,
            line.IsPaid,
            line.HasBadge ? ImportedIds.Of<CredentialTag>(import, ImportedIds.Badge, line.Line) : null,
            reason);
        var id = ImportedIds.Command(import, ImportedIds.Withdraw, line.Line);
        return (await grains.Send(command, new Envelope(id, who.Caller))).Answer.Refusal;
    }

    private KeptMember Kept(MemberId member, int line, string code) => new(
        member.ToString(), line, names.Find(member), code,
        new DisplayText(Texts.Get("fr", "problem." + code), Texts.Get("en", "problem." + code)));
}
