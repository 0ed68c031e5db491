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

    /// <summary>What the site was last in; none while something lasts, or where there never was anything.</summary>
    [JsonInclude]
    public EmergencyKind Ended { get; private set; }

    /// <summary>When that ended.</summary>
    [JsonInclude]
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who ended it.</summary>
    [JsonInclude]
    public string? EndedBy { get; private set; }

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
            case EvacuationEnded e:
                End(EmergencyKind.Evacuation, e.At, e.Operator);
                break;
            case LockDownEnded e:
                End(EmergencyKind.LockDown, e.At, e.Operator);
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
        (Kind, Since, Operator, Reason, Outside, Ended, EndedAt, EndedBy) =
        (kind, since, by, reason, [], EmergencyKind.None, null, null);

    private void End(EmergencyKind kind, DateTimeOffset at, string by)
    {
        Begin(EmergencyKind.None, null, null, null);
        (Ended, EndedAt, EndedBy) = (kind, at, by);
    }
}
