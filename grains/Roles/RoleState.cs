using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Roles;

/// <summary>A role; who has it is known to the accounts.</summary>
public sealed class RoleState : IGrainState
{
    /// <summary>Whether it was made.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>Its name.</summary>
    [JsonInclude]
    public string Name { get; private set; } = "";

    /// <summary>What it allows.</summary>
    [JsonInclude]
    public IReadOnlyList<string> Rights { get; private set; } = [];

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case RoleCreated created:
                (Exists, Name, Rights) = (true, created.Name, created.Rights);
                break;
            case RoleChanged changed:
                (Name, Rights) = (changed.Name, changed.Rights);
                break;
        }
    }
}
