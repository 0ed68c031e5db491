using SmartClub.Grains.Accounts;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Members;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>Puts together what the app shows of its member. It is always asked for the one who is signed in.</summary>
public sealed class MeDesk(
    IGrains grains, MemberDesk members, MemberQueries queries, ReadAfter reads, ZoneMirror zones, SiteMirror sites,
    SiloSettings settings, TimeProvider time)
{
    /// <summary>Everything; null where there is no such member any more.</summary>
    public async Task<MeAnswer?> Find(MemberPrincipal me, string antiforgery, CancellationToken cancel)
    {
        if (await members.Find(me.Member, cancel) is not { } member)
        {
            return null;
        }

        var rights = await grains.Read<MemberState, MyRights>(me.Member.Grain, MyRights.Of);
        var account = await grains.Read<AccountState, MyAccount>(Account.Of(me.Member), MyAccount.Of);
        var now = time.GetUtcNow();
        return new MeAnswer(
            member.Id, member.Code, member.DisplayName, member.FirstName, member.Email, member.Phone, member.PhotoUrl,
            account.Language, member.Status, member.ExpiresOn, settings.ClubName, now, antiforgery,
            now - me.SignedInAt <= DomainLimits.EnrolmentWindow,
            [.. member.Memberships.Select(m => Of(m, rights.Terms[m.Id]))],
            await PassKeys(me.Member, rights.PassKeys, cancel),
            [.. account.Sessions.Where(s => s.ExpiresAt > now).Select(s => new MySessionAnswer(
                s.Id.ToString(), s.OpenedAt, s.Id == me.Session))],
            [.. member.Inside.Select(Of)]);
    }

    /// <summary>Whether the member has this key.</summary>
    public Task<bool> HasPassKey(MemberId member, CredentialId key) =>
        grains.Read<MemberState, bool>(member.Grain, m => m.PassKey(key) is not null);

    private async Task<IReadOnlyList<PassKeyAnswer>> PassKeys(
        MemberId member, IReadOnlyList<PassKey> keys, CancellationToken cancel)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var known = await queries.PassKeys(member, cancel);
        if (!keys.All(k => known.ContainsKey(k.Id.ToString())))
        {
            await reads.CatchUp(cancel);
            known = await queries.PassKeys(member, cancel);
        }

        return
        [
            .. keys.Select(k => new PassKeyAnswer(
                k.Id.ToString(), known.GetValueOrDefault(k.Id.ToString())?.Device,
                known.GetValueOrDefault(k.Id.ToString())?.AddedAt)),
        ];
    }

    private MyMembershipAnswer Of(MembershipAnswer m, MembershipTerms terms) => new(
        m.Id, m.PlanName, m.Price, m.StartsOn, m.ExpiresOn, m.Paid, m.Frozen, m.Started, m.Ended, m.VisitsUsed,
        m.VisitsAllowed,
        [
            .. terms.Entitlements.Select(e => new OpensAnswer(
                e.ZoneId.ToString(), zones.Find(e.ZoneId)?.Name ?? "", SiteOf(e.ZoneId), Schedules.Write(e.Schedule))),
        ]);

    private MyPlaceAnswer Of(InsideAnswer inside)
    {
        var zone = ZoneId.Parse(inside.ZoneId, null);
        return new MyPlaceAnswer(zones.Find(zone)?.Name ?? "", SiteOf(zone), inside.Since);
    }

    private string SiteOf(ZoneId zone) =>
        zones.Find(zone) is { } known ? sites.Find(known.SiteId)?.Name ?? "" : "";
}
