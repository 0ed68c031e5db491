using Npgsql;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Bench;

/// <summary>Scans of a club's members without a gateway: commands straight to their grains.</summary>
internal sealed class MemberLoad
{
    private readonly List<(MemberId Member, CredentialId Badge)> members;
    private readonly GateId gate;

    private MemberLoad(List<(MemberId, CredentialId)> members, GateId gate)
    {
        this.members = members;
        this.gate = gate;
    }

    public IEnumerable<MemberId> Members => members.Select(m => m.Member);

    public static async Task<MemberLoad> Of(BenchSilo silo, GateClub club)
    {
        await CatchUp(silo);
        var members = new List<(MemberId, CredentialId)>();
        await using var connection = await silo.Services.GetRequiredService<Database>().Open();
        await using var owners = new NpgsqlCommand("select member_id, key from views.credentials", connection);
        await using var rows = await owners.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            members.Add((MemberId.Parse(rows.GetString(0), null), CredentialId.Parse(rows.GetString(1), null)));
        }

        return members.Count == club.Badges.Count
            ? new MemberLoad(members, GateId.Parse(club.Gates[0].Id, null))
            : throw new InvalidOperationException($"{members.Count} of {club.Badges.Count} members have their badge.");
    }

    /// <summary>Scans every member a number of times, in and out by turns; all must be granted.</summary>
    public Task Scan(BenchSilo silo, string round, int times) => Parallel.ForEachAsync(
        Enumerable.Range(0, times).SelectMany(_ => Enumerable.Range(0, members.Count), (time, who) => (time, who)),
        new ParallelOptions { MaxDegreeOfParallelism = 1_000 },
        async (scan, _) =>
        {
            var (member, badge) = members[scan.who];
            var direction = scan.time % 2 == 0 ? Direction.In : Direction.Out;
            var answered = await silo.Grains.Send(
                new RequestAccess(member, badge, gate, $"{round}-{scan.time}", direction),
                new(CommandId.Of(round, $"{scan.time}", $"{scan.who}"), Caller.Gate(gate)));
            if (answered.Answer.Outcome is not AccessAnswer { Granted: true })
            {
                throw new InvalidOperationException($"A scan was not granted: {answered.Answer}.");
            }
        });

    /// <summary>Waits until all views show all that was decided.</summary>
    public static async Task CatchUp(BenchSilo silo)
    {
        var head = silo.Services.GetRequiredService<JournalWriter>().DurablePosition;
        var views = silo.Services.GetRequiredService<ViewRunner>();
        while (views.Reached < head)
        {
            try
            {
                await views.WaitFor(head, CancellationToken.None);
            }
            catch (ViewBehindException)
            {
                // A long way to go: asking again is waiting on.
            }
        }
    }
}
