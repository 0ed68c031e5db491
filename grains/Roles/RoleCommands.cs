using SmartClub.Grains.Model;

namespace SmartClub.Grains.Roles.Commands;

/// <summary>Makes a role of the club's own.</summary>
[Needs(Model.Rights.StaffWrite)]
public sealed record CreateRole(RoleId RoleId, string Name, IReadOnlyList<string> Rights) : ICommand<Created<RoleTag>>
{
    GrainId ICommand.Target => RoleId.Grain;
}

/// <summary>Gives a role another name and other rights, at once for everybody who has it.</summary>
[Needs(Model.Rights.StaffWrite)]
public sealed record ChangeRole(RoleId RoleId, string Name, IReadOnlyList<string> Rights) : ICommand<Done>
{
    GrainId ICommand.Target => RoleId.Grain;
}

/// <summary>Why a role command is refused, in order of precedence.</summary>
public enum RoleRefusal
{
    /// <summary>There is no such role.</summary>
    NotFound,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>A right is not one that somebody can be given, or is named twice.</summary>
    UnknownRight,

    /// <summary>There is such a role already.</summary>
    RoleExists,
}
