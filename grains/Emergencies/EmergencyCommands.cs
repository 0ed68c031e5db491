using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Emergencies.Commands;

/// <summary>What a whole site can be in.</summary>
[JsonConverter(typeof(SnakeEnumConverter<EmergencyKind>))]
public enum EmergencyKind
{
    /// <summary>Doors decide.</summary>
    None,

    /// <summary>Every door lets nobody in; going out stays possible.</summary>
    LockDown,

    /// <summary>Every door stands open.</summary>
    Evacuation,
}

/// <summary>
/// Opens every door of a site, in place of a lock-down too. Saying so again tells the doors again. Doors are also
/// released by wire: this is the second way, never the first.
/// </summary>
[Needs(Rights.Evacuate)]
public sealed record BeginEvacuation(SiteId SiteId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => new EmergencyId(SiteId.Value).Grain;
}

/// <summary>Lets the doors of a site decide again.</summary>
[Needs(Rights.Evacuate)]
public sealed record EndEvacuation(SiteId SiteId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => new EmergencyId(SiteId.Value).Grain;
}

/// <summary>Lets nobody in anywhere at a site. Saying so again tells the doors again.</summary>
[Needs(Rights.LockDown)]
public sealed record BeginLockDown(SiteId SiteId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => new EmergencyId(SiteId.Value).Grain;
}

/// <summary>Lets the doors of a site decide again.</summary>
[Needs(Rights.LockDown)]
public sealed record EndLockDown(SiteId SiteId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => new EmergencyId(SiteId.Value).Grain;
}

/// <summary>Somebody was seen outside during the evacuation, or was not after all.</summary>
[Needs(Rights.Evacuate)]
public sealed record MarkOutside(SiteId SiteId, MemberId MemberId, bool IsOutside) : ICommand<Done>
{
    GrainId ICommand.Target => new EmergencyId(SiteId.Value).Grain;
}

/// <summary>Orders run out; as long as the emergency lasts, the doors are told again.</summary>
[Internal]
public sealed record RenewEmergency(SiteId SiteId) : ICommand<Done>
{
    GrainId ICommand.Target => new EmergencyId(SiteId.Value).Grain;
}

/// <summary>Why a command about an emergency is refused, in order of precedence.</summary>
public enum EmergencyRefusal
{
    /// <summary>There is no such site.</summary>
    UnknownSite,

    /// <summary>Why is missing or too long.</summary>
    InvalidReason,

    /// <summary>The site is being evacuated: no door may be locked.</summary>
    EvacuationUnderWay,

    /// <summary>The site is not being evacuated.</summary>
    NoEvacuation,

    /// <summary>More people than a list can hold.</summary>
    TooManyPeople,
}
