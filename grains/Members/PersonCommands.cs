using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>
/// What somebody is to the club. Doors do not decide from it: they decide from rights, whoever has them.
/// </summary>
[JsonConverter(typeof(SnakeEnumConverter<PersonKind>))]
public enum PersonKind
{
    /// <summary>Somebody with a membership, or who had one.</summary>
    Member,

    /// <summary>Somebody who comes for a visit or a day, by themselves or as a member's guest.</summary>
    Visitor,

    /// <summary>Somebody who works at the club.</summary>
    Staff,

    /// <summary>Somebody who delivers or repairs.</summary>
    Supplier,
}

/// <summary>Registers a person who may be no member.</summary>
[Needs(Rights.MembersWrite)]
public sealed record RegisterPerson(
    MemberId MemberId,
    PersonKind Kind,
    [property: Personal] string? FirstName,
    [property: Personal] string? LastName,
    [property: Personal] string? Email,
    [property: Personal] string? Phone) : ICommand<MemberRegistration>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Says what somebody is to the club from now on; their rights stay. Twice changes nothing.</summary>
[Needs(Rights.MembersWrite)]
public sealed record ClassifyPerson(MemberId MemberId, PersonKind Kind) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>
/// Gives staff or a supplier rights that nobody buys: shifts, or hours of delivery, from one day to another. They are
/// rights at one site, so whoever sets that site up can give them.
/// </summary>
/// <param name="MemberId">Who gets them.</param>
/// <param name="SiteId">The site of all these zones and gates.</param>
/// <param name="Name">What they are called, as a plan is.</param>
/// <param name="Entitlements">Zones, always or by a weekly schedule.</param>
/// <param name="Gates">The only gates that they open; null: all gates of the zones.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="LastDay">Last day, included.</param>
[Needs(Rights.Setup)]
public sealed record GrantRights(
    MemberId MemberId,
    SiteId SiteId,
    string Name,
    IReadOnlyList<Entitlement> Entitlements,
    IReadOnlyList<GateId>? Gates,
    DateOnly StartsOn,
    DateOnly LastDay) : ICommand<MembershipTerm>
{
    GrainId ICommand.Target => MemberId.Grain;
}
