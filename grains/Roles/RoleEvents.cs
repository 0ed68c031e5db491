using SmartClub.Grains.Model;

namespace SmartClub.Grains.Roles;

/// <summary>A role was made.</summary>
public sealed record RoleCreated(string Name, IReadOnlyList<string> Rights) : IEvent;

/// <summary>A role has another name or other rights.</summary>
public sealed record RoleChanged(string Name, IReadOnlyList<string> Rights) : IEvent;
