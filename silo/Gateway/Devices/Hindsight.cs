using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Devices.Lists;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>
/// What somebody's rights said at the moment at which a door was alone with them. Nearly always that is what they say
/// now; only where they have changed since, the journal is read up to that moment.
/// </summary>
public sealed class Hindsight(JournalReader journal, DoorBook book, IReference reference)
{
    /// <summary>The report, with what rights said then where that is not what they say now.</summary>
    public async Task<ReportDoorEvents> Look(ReportGateEvents report, CancellationToken cancel)
    {
        var then = new List<ReasonThen>();
        var door = Door.At(report.GateId, reference);
        foreach (var told in report.Events)
        {
            if (door is { } there
                && told is { Type: GateEventType.OfflineAccess, MemberId: { } member, CredentialId: { } credential }
                && await ChangedSince(member, told.At, cancel))
            {
                then.Add(new ReasonThen(told.N, await ReasonAt(member, credential, there, told.At, cancel)));
            }
        }

        return new ReportDoorEvents(report.GateId, report.KeyVersion, report.Events, then);
    }

    private async Task<bool> ChangedSince(MemberId member, DateTimeOffset at, CancellationToken cancel) =>
        book.Find(member) is { ChangedAt: > 0 and var position }
        && await journal.At(position, cancel) is { } row && row.At > at;

    private async Task<AccessReason> ReasonAt(
        MemberId member, CredentialId credential, Door door, DateTimeOffset at, CancellationToken cancel)
    {
        var then = new MemberState();
        foreach (var row in await journal.Stream(member.Grain, 0, cancel))
        {
            if (row.At > at)
            {
                break;
            }

            foreach (var happened in row.Events)
            {
                then.Apply(happened);
            }
        }

        var open = door with { Gate = door.Gate with { IsDisabled = false } };
        return AccessRules.Judge(AccessQuestion.About(then, credential, open, at, PassVerdict.NotAPass)).Reason;
    }
}
