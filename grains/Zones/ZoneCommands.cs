using SmartClub.Grains.Model;

namespace SmartClub.Grains.Zones.Commands;

/// <summary>Sets up a part of a site that people are inside of or not.</summary>
[Needs(Rights.Setup)]
public sealed record CreateZone(
    ZoneId ZoneId, SiteId SiteId, string Name, AntiPassback AntiPassback, int ForgivenessMinutes, int? Capacity)
    : ICommand<Created<ZoneTag>>
{
    GrainId ICommand.Target => ZoneId.Grain;
}

/// <summary>
/// Changes what a zone is called and how it counts: all four become what is said here. Who is inside without having
/// been counted stays uncounted; nobody is sent out.
/// </summary>
[Needs(Rights.Setup)]
public sealed record ChangeZone(
    ZoneId ZoneId, string Name, AntiPassback AntiPassback, int ForgivenessMinutes, int? Capacity) : ICommand<Done>
{
    GrainId ICommand.Target => ZoneId.Grain;
}

/// <summary>
/// Asks for a place until a moment. A member has one place in a zone: who holds or takes one already gets it
/// without a second being counted, and the newer ticket takes over the hold.
/// </summary>
[Internal]
public sealed record HoldPlace(ZoneId ZoneId, MemberId MemberId, long Ticket, DateTimeOffset Until) : ICommand<Done>
{
    GrainId ICommand.Target => ZoneId.Grain;
}

/// <summary>
/// Says that somebody came in. That is a fact: it is accepted without a hold and above capacity, and flagged.
/// </summary>
/// <param name="ZoneId">The zone.</param>
/// <param name="MemberId">Who.</param>
/// <param name="Ticket">Whose hold it uses; zero for none.</param>
/// <param name="Move">The member's own count of moves: what arrives out of order is put in order by it.</param>
/// <param name="Since">When the visit began.</param>
[Internal]
public sealed record CapturePlace(ZoneId ZoneId, MemberId MemberId, long Ticket, long Move, DateTimeOffset Since)
    : ICommand<Done>
{
    GrainId ICommand.Target => ZoneId.Grain;
}

/// <summary>Gives a hold back that will not be used; without effect once another ticket took it over.</summary>
[Internal]
public sealed record ReleaseHold(ZoneId ZoneId, MemberId MemberId, long Ticket) : ICommand<Done>
{
    GrainId ICommand.Target => ZoneId.Grain;
}

/// <summary>Says that somebody left, or never came in after all.</summary>
[Internal]
public sealed record ReleasePlace(ZoneId ZoneId, MemberId MemberId, long Move) : ICommand<Done>
{
    GrainId ICommand.Target => ZoneId.Grain;
}

/// <summary>Why a zone command is refused, in order of precedence.</summary>
public enum ZoneRefusal
{
    /// <summary>There is no such zone.</summary>
    NotFound,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>Forgiveness is negative or longer than the limit.</summary>
    InvalidForgiveness,

    /// <summary>Capacity is below one or above the limit.</summary>
    InvalidCapacity,

    /// <summary>There is no such site.</summary>
    UnknownSite,

    /// <summary>There is such a zone already.</summary>
    ZoneExists,

    /// <summary>All places are held or taken.</summary>
    CapacityFull,
}
