using SmartClub.Grains.Members;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>
/// Puts a member together: rights from their grain, which is never behind; names and contacts from their registration
/// in the journal, or from the view once they were corrected; what a badge is from the view.
/// </summary>
public sealed class MemberDesk(
    IGrains grains, NameMirror names, JournalReader journal, MemberQueries queries, ReadAfter reads, Standing standing)
{
    /// <summary>Everything about a member but their history; null where there is none.</summary>
    public async Task<MemberAnswer?> Find(MemberId id, CancellationToken cancel)
    {
        var (doors, now) = standing.Doors();
        if (await grains.Read<MemberState, MemberFacts?>(id.Grain, m => MemberFacts.Of(m, doors, now)) is not { } facts)
        {
            return null;
        }

        // Registration is the first thing that a member's grain ever decides.
        var first = (await journal.Before(id.Grain, 2, 1, cancel)).Single();
        var person = facts.DetailsChanges == 0
            ? PersonDetails.Of(first.Events.OfType<MemberRegistered>().Single())
            : await Corrected(id, facts.DetailsChanges, cancel);
        return Whole(id, first.At, person, names.Find(id), facts) with
        {
            Credentials = await Credentials(id, facts.Badges, cancel),
            LastAccess = await standing.LastAccess(id, cancel),
            Visits = await standing.Visits(id, now, cancel),
            Notes = await standing.Notes(id, cancel),
            Files = await standing.Files(id, cancel),
        };
    }

    /// <summary>What registration and grain say of a member, at whatever moment they were asked.</summary>
    internal static MemberAnswer Whole(
        MemberId id, DateTimeOffset registeredAt, PersonDetails person, string name, MemberFacts facts) => new(
        id.ToString(), MemberCode.Of(id), name, person.FirstName, person.LastName, person.Email, person.Phone,
        NameMirror.UrlOf(facts.Photo?.ToString()), facts.Standing.Status, facts.Standing.ExpiresOn, registeredAt,
        facts.Memberships, [], facts.Inside, facts.Zones, null, new VisitsAnswer(null, 0, 0),
        [.. facts.Memberships.Where(m => m is { Paid: false, Ended: false }).GroupBy(m => m.Price.Currency)
            .Select(g => new SmartClub.Grains.Model.Money(g.Sum(m => m.Price.Amount), g.Key))],
        [], [], facts.Kind);

    /// <summary>Whether there is such a member.</summary>
    public Task<bool> Exists(MemberId id) => grains.Read<MemberState, bool>(id.Grain, m => m.Exists);

    /// <summary>Whether the member has this membership.</summary>
    public Task<bool> Has(MemberId id, MembershipId membership) =>
        grains.Read<MemberState, bool>(id.Grain, m => m.Membership(membership) is not null);

    /// <summary>Whether the member has this badge or code.</summary>
    public Task<bool> Has(MemberId id, CredentialId credential) =>
        grains.Read<MemberState, bool>(id.Grain, m => m.Badge(credential) is not null);

    /// <summary>The plan's name of each membership of a member.</summary>
    public Task<Dictionary<string, string>> PlanNames(MemberId id) =>
        grains.Read<MemberState, Dictionary<string, string>>(
            id.Grain, m => m.Memberships.ToDictionary(s => s.Id.ToString(), s => s.Terms.PlanName));

    private async Task<PersonDetails> Corrected(MemberId id, int changes, CancellationToken cancel)
    {
        var known = await queries.Details(id, cancel);
        if (known.Changes < changes)
        {
            // The grain has a correction that the view does not show yet.
            await reads.CatchUp(cancel);
            known = await queries.Details(id, cancel);
        }

        return known.Person;
    }

    private async Task<IReadOnlyList<CredentialAnswer>> Credentials(
        MemberId id, IReadOnlyList<Badge> badges, CancellationToken cancel)
    {
        if (badges.Count == 0)
        {
            return [];
        }

        var known = await queries.Badges(id, cancel);
        if (!badges.All(b => known.ContainsKey(b.Id.ToString())))
        {
            // The grain has a badge that the view does not show yet.
            await reads.CatchUp(cancel);
            known = await queries.Badges(id, cancel);
        }

        return [.. badges.Select(badge =>
        {
            var row = known.GetValueOrDefault(badge.Id.ToString());
            return new CredentialAnswer(badge.Id.ToString(), row?.Kind, badge.IsRevoked, row?.AddedAt);
        })];
    }
}
