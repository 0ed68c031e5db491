using SmartClub.Grains.Model;
using SmartClub.Grains.Roles.Commands;

namespace SmartClub.Grains.Roles;

/// <summary>All that the feature "roles" owns.</summary>
public static class RolesModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "roles",
        [
            new GrainDefinition<RoleState>(kind: 20, "role")
                .Command<CreateRole, Created<RoleTag>>("role.create", RoleRules.Decide)
                .Command<ChangeRole, Done>("role.change", RoleRules.Decide)
                .Event<RoleCreated>("role.created.v1")
                .Event<RoleChanged>("role.changed.v1"),
        ],
        [new RoleView()],
        [typeof(RoleRefusal)]);
}
