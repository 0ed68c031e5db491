using System.Collections.Frozen;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>What the roles that every club has allow.</summary>
public static class RoleRights
{
    private static readonly FrozenSet<string> Desk =
    [
        Rights.MembersRead, Rights.MembersWrite, Rights.MembersSuspend, Rights.MembershipsWrite,
        Rights.CredentialsWrite, Rights.LiveRead, Rights.GatesCommand, Rights.AlertsRead, Rights.AlertsHandle,
        Rights.Evacuate, Rights.LockDown, Rights.Account,
    ];

    private static readonly FrozenDictionary<StaffRole, FrozenSet<string>> ByRole =
        new Dictionary<StaffRole, FrozenSet<string>>
        {
            [StaffRole.Administrator] = [.. Rights.All],
            [StaffRole.Manager] =
                [.. Desk, Rights.Setup, Rights.MembersImport, Rights.Outbox, Rights.AuditRead],
            [StaffRole.Cashier] = [Rights.MembersRead, Rights.MembershipsWrite, Rights.LiveRead, Rights.Account],
            [StaffRole.Desk] = Desk,
            [StaffRole.Reception] = Desk,
        }.ToFrozenDictionary();

    /// <summary>The rights of a role.</summary>
    public static IReadOnlySet<string> Of(StaffRole role) =>
        ByRole.GetValueOrDefault(role) ?? FrozenSet<string>.Empty;

    /// <summary>Whether a role carries a right.</summary>
    public static bool Allows(StaffRole role, string right) => Of(role).Contains(right);
}

/// <summary>What somebody is allowed at this moment: their grants, as far as these have not run out.</summary>
public sealed class StaffAccess(IReadOnlyList<StaffGrant> grants, RoleMirror roles, DateTimeOffset now)
{
    private readonly IReadOnlyList<StaffGrant> live = [.. grants.Where(g => !(g.Until <= now))];

    /// <summary>All rights that are held somewhere.</summary>
    public IReadOnlyList<string> All => [.. Rights.All.Where(Allows)];

    /// <summary>Whether a right is held somewhere; one that concerns the whole club must be held everywhere.</summary>
    public bool Allows(string right) =>
        right == Rights.Account || live.Any(g => Has(g, right) && (g.SiteId is null || !IsOfTheClub(right)));

    /// <summary>Whether a right is held everywhere.</summary>
    public bool AllowsEverywhere(string right) => live.Any(g => g.SiteId is null && Has(g, right));

    /// <summary>Whether a right is held at a site.</summary>
    public bool AllowsAt(string right, SiteId site) =>
        live.Any(g => (g.SiteId is null || (g.SiteId == site && !IsOfTheClub(right))) && Has(g, right));

    /// <summary>Whether somebody with this access may give that grant: nobody gives more than they have.</summary>
    public bool Covers(StaffGrant grant) =>
        RightsOf(grant).All(right => grant.SiteId is { } site ? AllowsAt(right, site) : AllowsEverywhere(right));

    private static bool IsOfTheClub(string right) => Rights.OfTheWholeClub.Contains(right);

    private bool Has(StaffGrant grant, string right) => RightsOf(grant).Contains(right);

    private IEnumerable<string> RightsOf(StaffGrant grant) =>
        grant.Role is { } role ? RoleRights.Of(role)
        : grant.OwnRole is { } own ? roles.Find(own)?.Rights ?? []
        : grant.Right is { } right ? [right]
        : [];
}
