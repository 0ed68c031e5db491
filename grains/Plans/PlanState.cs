using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Plans;

/// <summary>A plan; others know it through the reference data.</summary>
public sealed class PlanState : IGrainState
{
    /// <summary>Whether it was set up.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>Guests that a member can invite in a period.</summary>
    [JsonInclude]
    public int GuestsPerPeriod { get; private set; }

    /// <summary>Whether it is sold no more.</summary>
    [JsonInclude]
    public bool IsRetired { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        Exists |= happened is PlanCreated;
        GuestsPerPeriod = happened is PlanGuestsSet set ? set.GuestsPerPeriod : GuestsPerPeriod;
        IsRetired = happened switch
        {
            PlanRetired => true,
            PlanReinstated => false,
            _ => IsRetired,
        };
    }
}
