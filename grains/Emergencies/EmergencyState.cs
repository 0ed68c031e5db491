using System.Text.Json.Serialization;
using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Emergencies;

/// <summary>Whether a site is locked down or evacuated, and who was seen outside.</summary>
public sealed class EmergencyState : IGrainState
{
    /// <summary>What the site is in.</summary>
    [JsonInclude]
    public EmergencyKind Kind { get; private set; }

    /// <summary>Since when.</summary>
    [JsonInclude]
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Who began it.</summary>
    [JsonInclude]
    public string? Operator { get; private set; }

    /// <summary>Why.</summary>
    [JsonInclude]
    public string? Reason { get; private set; }

    /// <summary>Who was seen outside since the evacuation began.</summary>
    [JsonInclude]
    public MemberId[] Outside { get; private set; } = [];

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case EvacuationBegun e:
                Begin(EmergencyKind.Evacuation, e.At, e.Operator, e.Reason);
                break;
            case LockDownBegun e:
                Begin(EmergencyKind.LockDown, e.At, e.Operator, e.Reason);
                break;
            case EvacuationEnded or LockDownEnded:
                Begin(EmergencyKind.None, null, null, null);
                break;
            case PersonSeenOutside e:
                Outside = [.. Outside, e.MemberId];
                break;
            case PersonNotSeenOutside e:
                Outside = Array.FindAll(Outside, id => id != e.MemberId);
                break;
        }
    }

    private void Begin(EmergencyKind kind, DateTimeOffset? since, string? by, string? reason) =>
        (Kind, Since, Operator, Reason, Outside) = (kind, since, by, reason, []);
}
