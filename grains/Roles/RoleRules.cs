using SmartClub.Grains.Model;
using SmartClub.Grains.Roles.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Roles;

/// <summary>Decides the commands of a role.</summary>
public static class RoleRules
{
    /// <summary>Makes the role.</summary>
    public static Decision Decide(RoleState role, CreateRole create, Facts facts)
    {
        _ = facts;
        return !Limits.IsName(create.Name) ? Refuse(RoleRefusal.InvalidName)
            : !AreKnown(create.Rights) ? Refuse(RoleRefusal.UnknownRight)
            : role.Exists ? Refuse(RoleRefusal.RoleExists)
            : Accept(new Created<RoleTag>(create.RoleId), new RoleCreated(create.Name, create.Rights));
    }

    /// <summary>Changes the role.</summary>
    public static Decision Decide(RoleState role, ChangeRole change, Facts facts)
    {
        _ = facts;
        return !role.Exists ? RefuseUnkept(RoleRefusal.NotFound)
            : !Limits.IsName(change.Name) ? Refuse(RoleRefusal.InvalidName)
            : !AreKnown(change.Rights) ? Refuse(RoleRefusal.UnknownRight)
            : role.Name == change.Name && role.Rights.SequenceEqual(change.Rights) ? Accept()
            : Accept(new RoleChanged(change.Name, change.Rights));
    }

    private static bool AreKnown(IReadOnlyList<string> rights) =>
        rights.Distinct().Count() == rights.Count && rights.All(right => Rights.All.Contains(right));
}
