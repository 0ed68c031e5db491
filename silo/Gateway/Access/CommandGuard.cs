using System.Collections.Concurrent;
using System.Reflection;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// Holds a command against its sender's rights once more, by what the command itself says: the right it needs, and the
/// sites that it touches. An endpoint that forgets to ask cannot let anything through.
/// </summary>
public sealed class CommandGuard(IReference reference)
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    /// <summary>Whether somebody may send a command.</summary>
    public bool Allows(StaffPrincipal who, ICommand command)
    {
        var shape = Shapes.GetOrAdd(command.GetType(), static type => new Shape(type));
        if (shape.Right is not { } right || !who.May(right))
        {
            return false;
        }

        // A new place is not there yet; what it will stand in counts. Where nothing is known of any, the club's own
        // rules say what is wrong, to those who have the right everywhere.
        var named = shape.Places.Select(place => place.GetValue(command)).OfType<object>().ToList();
        var sites = named.Select(Site).OfType<SiteId>().ToList();
        return sites.Count > 0 ? sites.TrueForAll(site => who.Access.AllowsAt(right, site))
            : named.Count == 0 && !Rights.OfPlaces.Contains(right)
            || who.Access.AllowsEverywhere(right);
    }

    /// <summary>Whether a member may send a command: what members may do, and only about themselves.</summary>
    public static bool Allows(MemberPrincipal who, ICommand command) =>
        Shapes.GetOrAdd(command.GetType(), static type => new Shape(type)).Right == Rights.Member
        && command.Target.Key == who.Member.Value;

    /// <summary>Whether a type of property names a place.</summary>
    public static bool IsPlace(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(SiteId) || plain == typeof(ZoneId) || plain == typeof(GateId));

    private SiteId? Site(object place) => place switch
    {
        SiteId id => reference.Site(id)?.Id,
        ZoneId id => reference.Zone(id)?.SiteId,
        GateId id => reference.Gate(id)?.SiteId,
        _ => null,
    };

    private sealed class Shape(Type command)
    {
        public string? Right { get; } = command.GetCustomAttribute<NeedsAttribute>()?.Right;

        public IReadOnlyList<PropertyInfo> Places { get; } =
            [.. command.GetProperties().Where(p => IsPlace(p.PropertyType))];
    }
}
