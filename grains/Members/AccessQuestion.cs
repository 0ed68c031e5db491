using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A gate with its zone and site.</summary>
public readonly record struct Door(GateFacts Gate, ZoneFacts Zone, SiteFacts Site)
{
    /// <summary>The door of a gate, or null where there is no such gate.</summary>
    public static Door? At(GateId id, IReference reference) =>
        reference.Gate(id) is { } gate
        && reference.Zone(gate.ZoneId) is { } zone
        && reference.Site(gate.SiteId) is { } site
            ? new Door(gate, zone, site)
            : null;
}

/// <summary>Everything a door decides from, read once.</summary>
public readonly struct AccessQuestion
{
    public required MemberState Member { get; init; }
    public required Badge? Badge { get; init; }
    public required GateFacts Gate { get; init; }
    public required ZoneFacts Zone { get; init; }
    public required PassVerdict Pass { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Wall clock at the gate's site.</summary>
    public required DateTime Local { get; init; }

    /// <summary>How coming in now relates to a visit already begun.</summary>
    public required Reentry Reentry { get; init; }

    /// <summary>Whether the zone had no place when it was asked.</summary>
    public bool IsPlaceRefused { get; init; }

    /// <summary>What a host said whom this person needs to come in; null: none was asked yet.</summary>
    public HostAnswer? Host { get; init; }

    /// <summary>Date at the gate's site.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local);

    /// <summary>Reads what is to be known about coming in at a moment.</summary>
    public static AccessQuestion About(
        MemberState member,
        CredentialId credential,
        Door door,
        DateTimeOffset at,
        PassVerdict pass,
        bool isPlaceRefused = false,
        HostAnswer? host = null) => new()
        {
            Member = member,
            Badge = member.Badge(credential)
                ?? (member.PassKey(credential) is { } key ? new Badge(key.Id, default, key.IsRevoked) : null),
            Gate = door.Gate,
            Zone = door.Zone,
            Pass = pass,
            Now = at,
            Local = door.Site.Local(at),
            Reentry = Reentries.Of(door.Zone, member.PresenceIn(door.Zone.Id), at),
            IsPlaceRefused = isPlaceRefused,
            Host = host,
        };
}
