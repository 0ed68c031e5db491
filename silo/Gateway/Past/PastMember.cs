using SmartClub.Grains.Members;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Past;

/// <summary>
/// A member as they were at a moment: their rows up to there, folded by the same state and mapped by the same views as
/// on the day itself. The name is that of their rows, which nobody can read any more once the person was erased.
/// </summary>
public sealed class PastMember(JournalReader journal, Standing standing, StaffNames staff, PastSetUp setUp)
{
    /// <summary>Everything about a member at a moment; null where there was none yet.</summary>
    public async Task<MemberAnswer?> Find(MemberId id, DateTimeOffset at, CancellationToken cancel)
    {
        var rows = await Rows(id, at, cancel);
        if (rows.Count == 0 || rows[0].Events.OfType<MemberRegistered>().SingleOrDefault() is not { } registered)
        {
            return null;
        }

        var state = new MemberState();
        foreach (var happened in rows.SelectMany(row => row.Events))
        {
            state.Apply(happened);
        }

        var until = await setUp.LastPosition(at, cancel);
        var there = await setUp.Gates(until, cancel);
        if (MemberFacts.Of(state, standing.Doors(gate => there.Contains(gate.Id)), at) is not { } facts)
        {
            return null;
        }

        var tables = PastTables.Of(MembersModule.Module.Views, rows);
        var corrected = rows.SelectMany(row => row.Events).OfType<MemberDetailsChanged>().LastOrDefault();
        var person = corrected is null ? PersonDetails.Of(registered) : PersonDetails.Of(corrected);
        var name = $"{person.FirstName} {person.LastName}".Trim();
        return MemberDesk.Whole(id, rows[0].At, person, name, facts) with
        {
            Credentials = Credentials(facts, tables),
            LastAccess = Standing.LastAccess(rows.AsEnumerable().Reverse()),
            Visits = Visits(tables, at),
            Notes =
            [
                .. tables.Newest("member_notes", "written_at").Select(note => new NoteAnswer(
                    note.Key, note.Text("text"), staff.Of(note.Text("author") ?? ""), note.Time("written_at"))),
            ],
            Files =
            [
                .. tables.Newest("member_files", "added_at").Where(file => file.Text("kind") != "photo")
                    .Select(file => new FileAnswer(
                        file.Key, file.Text("name"), file.Text("kind") ?? "", file.Number("bytes"),
                        staff.Of(file.Text("author") ?? ""), file.Time("added_at"))),
            ],
        };
    }

    /// <summary>The version that a member's grain had at a moment; 0: there was none yet.</summary>
    public async Task<int> Version(MemberId id, DateTimeOffset at, CancellationToken cancel) =>
        await Rows(id, at, cancel) is [.., var last] ? last.Version : 0;

    // The clock may have been set back between two rows; what counts is what stood in the journal before the first
    // row that is later.
    private async Task<List<JournalRow>> Rows(MemberId id, DateTimeOffset at, CancellationToken cancel)
    {
        var until = await setUp.LastPosition(at, cancel);
        var rows = await journal.Stream(id.Grain, 0, cancel);
        return rows.FindAll(row => row.Position <= until);
    }

    private static IReadOnlyList<CredentialAnswer> Credentials(MemberFacts facts, PastTables tables) =>
    [
        .. facts.Badges.Select(badge => tables.Find("credentials", badge.Id.ToString()) is { } row
            ? new CredentialAnswer(row.Key, row.Text("kind"), badge.IsRevoked, row.Time("added_at"))
            : new CredentialAnswer(badge.Id.ToString(), null, badge.IsRevoked, null)),
    ];

    private VisitsAnswer Visits(PastTables tables, DateTimeOffset at)
    {
        var (before, from, until) = standing.Months(at);
        var began = tables.Newest("stays", "entered_at")
            .Where(stay => stay.Text("member_id") is not null
                && tables.Find("stays_undone", stay.Text("scan_key") ?? "") is null)
            .Select(stay => stay.Time("entered_at")).Where(entered => entered < until).ToList();
        return new VisitsAnswer(
            began.Count == 0 ? null : began[0],
            began.Count(entered => entered >= from),
            began.Count(entered => entered >= before && entered < from));
    }
}
