using System.Collections.Immutable;
using System.Text.Json;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Devices.Lists;

/// <summary>A badge or code of a listed member.</summary>
public sealed record ListedBadge(CredentialId Id, string? Kind, string? Value, bool IsRevoked);

/// <summary>The key of a listed member's phone.</summary>
public sealed record ListedPassKey(CredentialId Id, string PublicKey, bool IsRevoked);

/// <summary>
/// A member as doors may know them: no name. It never changes; what happens makes another one, so that lists are read
/// while the journal goes on.
/// </summary>
public sealed record ListedMember(
    MemberId Id,
    bool IsSuspended,
    ImmutableArray<ListedBadge> Badges,
    ImmutableArray<(MembershipId Id, DoorRight Right)> Rights,
    ImmutableArray<ListedPassKey> PassKeys,
    long ChangedAt)
{
    // Thousands have the same few plans: their hours are kept once.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlyList<Entitlement>>
        SharedHours = new();

    /// <summary>Somebody of whom nothing is known yet.</summary>
    public static ListedMember New(MemberId id) => new(id, false, [], [], [], 0);

    /// <summary>The memberships.</summary>
    public IReadOnlyList<DoorRight> DoorRights => [.. Rights.Select(r => r.Right)];

    /// <summary>When this member's rights take their turn to be renewed.</summary>
    public int Turn => Id.Value.ToByteArray()[15];

    /// <summary>The same member after a row was set.</summary>
    public ListedMember With(string table, string key, IReadOnlyDictionary<string, object?> columns)
    {
        var changed = this with { ChangedAt = Math.Max(ChangedAt, columns["position"] is long at ? at : 0) };
        return table switch
        {
            DoorRightsView.Members => changed with { IsSuspended = columns["suspended"] is true },
            DoorRightsView.PassKeys => changed with
            {
                PassKeys = Put(PassKeys, CredentialId.Parse(key, null), columns),
            },
            DoorRightsView.Badges => changed with { Badges = Put(Badges, CredentialId.Parse(key, null), columns) },
            _ => changed with { Rights = Put(Rights, MembershipId.Parse(key, null), columns) },
        };
    }

    /// <summary>The same member after a visit was counted; itself, where no right depends on it.</summary>
    public ListedMember WithVisits(MembershipId membership, int used, long position)
    {
        for (var i = 0; i < Rights.Length; i++)
        {
            if (Rights[i].Id == membership && Rights[i].Right.VisitsAllowed is not null)
            {
                var right = Rights[i].Right with { VisitsUsed = used };
                return this with { Rights = Rights.SetItem(i, (membership, right)), ChangedAt = position };
            }
        }

        return this;
    }

    private static ImmutableArray<ListedPassKey> Put(
        ImmutableArray<ListedPassKey> keys, CredentialId id, IReadOnlyDictionary<string, object?> columns)
    {
        var at = keys.Select(k => k.Id).ToList().IndexOf(id);
        var isRevoked = columns["revoked"] is true;
        return at < 0
            ? keys.Add(new ListedPassKey(id, (string)columns["public_key"]!, isRevoked))
            : keys.SetItem(at, keys[at] with { IsRevoked = isRevoked });
    }

    private static ImmutableArray<ListedBadge> Put(
        ImmutableArray<ListedBadge> badges, CredentialId id, IReadOnlyDictionary<string, object?> columns)
    {
        var at = badges.Select(b => b.Id).ToList().IndexOf(id);
        var before = at < 0 ? new ListedBadge(id, null, null, false) : badges[at];
        var after = before with
        {
            Kind = columns.TryGetValue("kind", out var kind) ? (string?)kind : before.Kind,
            Value = columns.TryGetValue("value", out var value) ? (string?)value : before.Value,
            IsRevoked = columns["revoked"] is true,
        };
        return at < 0 ? badges.Add(after) : badges.SetItem(at, after);
    }

    private static ImmutableArray<(MembershipId Id, DoorRight Right)> Put(
        ImmutableArray<(MembershipId Id, DoorRight Right)> rights, MembershipId id,
        IReadOnlyDictionary<string, object?> columns)
    {
        var at = rights.Select(r => r.Id).ToList().IndexOf(id);
        var before = at < 0 ? new DoorRight([], default, default, false, false, false, null, 0) : rights[at].Right;
        var after = before with
        {
            Entitlements = columns.TryGetValue("entitlements", out var opens)
                ? SharedHours.GetOrAdd(
                    (string)opens!, json => JsonSerializer.Deserialize<IReadOnlyList<Entitlement>>(json)!)
                : before.Entitlements,
            Gates = !columns.TryGetValue("gates", out var gates) ? before.Gates
                : gates is null ? null
                : JsonSerializer.Deserialize<IReadOnlyList<GateId>>((string)gates),
            StartsOn = Value(columns, "starts_on", before.StartsOn),
            LastDay = Value(columns, "last_day", before.LastDay),
            IsPaid = Value(columns, "paid", before.IsPaid),
            WasPaidLate = Value(columns, "paid_late", before.WasPaidLate),
            IsFrozen = Value(columns, "frozen", before.IsFrozen),
            VisitsAllowed = columns.TryGetValue("visits_allowed", out var allowed)
                ? (int?)(long?)allowed
                : before.VisitsAllowed,
            VisitsUsed = (int)Value(columns, "visits_used", (long)before.VisitsUsed),
        };
        return at < 0 ? rights.Add((id, after)) : rights.SetItem(at, (id, after));
    }

    private static T Value<T>(IReadOnlyDictionary<string, object?> columns, string name, T before) =>
        columns.TryGetValue(name, out var value) && value is T given ? given : before;
}
