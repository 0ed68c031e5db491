using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// What doors need to know of members to decide alone: the silo's lists for gates are made from it. Each row says at
/// which position it last changed, so that a gate can be told only what is new to it, by any silo. Visits are not in
/// it: they change with every entry, and the memberships' own table has them.
/// </summary>
public sealed class DoorRightsView : IView
{
    /// <summary>Members: suspended or not.</summary>
    public const string Members = "door_members";

    /// <summary>Badges and codes with their values, sealed.</summary>
    public const string Badges = "door_badges";

    /// <summary>Memberships with what they open.</summary>
    public const string Rights = "door_rights";

    /// <summary>Keys of phones, for rotating passes.</summary>
    public const string PassKeys = "door_pass_keys";

    /// <inheritdoc/>
    public string Name => "door_rights";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(Members, new Dictionary<string, ColumnType>
        {
            ["suspended"] = ColumnType.Flag,
            ["position"] = ColumnType.Number,
        }),
        new ViewTable(Badges, new Dictionary<string, ColumnType>
        {
            ["member_id"] = ColumnType.Text,
            ["kind"] = ColumnType.Text,
            ["value"] = ColumnType.Sealed,
            ["revoked"] = ColumnType.Flag,
            ["position"] = ColumnType.Number,
        }),
        new ViewTable(PassKeys, new Dictionary<string, ColumnType>
        {
            ["member_id"] = ColumnType.Text,
            ["public_key"] = ColumnType.Text,
            ["revoked"] = ColumnType.Flag,
            ["position"] = ColumnType.Number,
        }),
        new ViewTable(Rights, new Dictionary<string, ColumnType>
        {
            ["member_id"] = ColumnType.Text,
            ["entitlements"] = ColumnType.Json,
            ["gates"] = ColumnType.Json,
            ["visits_allowed"] = ColumnType.Number,
            ["starts_on"] = ColumnType.Day,
            ["last_day"] = ColumnType.Day,
            ["paid"] = ColumnType.Flag,
            ["paid_late"] = ColumnType.Flag,
            ["frozen"] = ColumnType.Flag,
            ["position"] = ColumnType.Number,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(MemberSuspended), typeof(MemberResumed), typeof(CredentialAdded), typeof(CredentialRevoked),
        typeof(PassKeyAdded), typeof(PassKeyRevoked), typeof(MemberWithdrawn),
        typeof(MembershipHosted), typeof(MembershipNarrowed),
        typeof(MembershipAdded), typeof(MembershipSettled), typeof(MembershipFrozen), typeof(MembershipUnfrozen),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded) =>
        recorded.Event is MemberWithdrawn withdrawn ? Withdrawn(recorded, withdrawn) : OfRights(recorded);

    private static IEnumerable<RowChange> OfRights(Recorded recorded)
    {
        var member = new MemberId(recorded.Grain.Key).ToString();
        switch (recorded.Event)
        {
            case MemberSuspended:
                yield return Row(recorded, Members, member, new() { ["suspended"] = true });
                break;
            case MemberResumed:
                yield return Row(recorded, Members, member, new() { ["suspended"] = false });
                break;
            case CredentialAdded e:
                yield return Row(recorded, Badges, e.CredentialId.ToString(), new()
                {
                    ["member_id"] = member,
                    ["kind"] = Refusal.Snake(e.Kind.ToString()),
                    ["value"] = e.Value,
                    ["revoked"] = false,
                });
                break;
            case CredentialRevoked e:
                yield return Row(recorded, Badges, e.CredentialId.ToString(), new() { ["revoked"] = true });
                break;
            case PassKeyAdded e:
                yield return Row(recorded, PassKeys, e.PassKeyId.ToString(), new()
                {
                    ["member_id"] = member,
                    ["public_key"] = e.PublicKey,
                    ["revoked"] = false,
                });
                break;
            case PassKeyRevoked e:
                yield return Row(recorded, PassKeys, e.PassKeyId.ToString(), new() { ["revoked"] = true });
                break;
            case MembershipAdded e:
                yield return Row(recorded, Rights, e.MembershipId.ToString(), Added(member, e));
                break;
            case MembershipHosted e:
                // No door that is alone can tell whether the host is inside: nothing is lent to guests.
                yield return Row(recorded, Rights, e.MembershipId.ToString(), new() { ["entitlements"] = "[]" });
                break;
            case MembershipNarrowed e:
                yield return Row(recorded, Rights, e.MembershipId.ToString(), new()
                {
                    ["gates"] = JsonSerializer.Serialize(e.Gates),
                });
                break;
            case MembershipSettled e:
                yield return Row(recorded, Rights, e.MembershipId.ToString(), new()
                {
                    ["paid"] = true,
                    ["paid_late"] = true,
                });
                break;
            case MembershipFrozen e:
                yield return Row(recorded, Rights, e.MembershipId.ToString(), new() { ["frozen"] = true });
                break;
            case MembershipUnfrozen e:
                yield return Row(recorded, Rights, e.MembershipId.ToString(), new() { ["frozen"] = false });
                break;
        }
    }

    // The rows stay, so that gates which were away are told what they have to forget.
    private static IEnumerable<RowChange> Withdrawn(Recorded recorded, MemberWithdrawn withdrawn)
    {
        foreach (var badge in withdrawn.CredentialIds)
        {
            yield return Row(recorded, Badges, badge.ToString(), new() { ["revoked"] = true });
        }

        foreach (var membership in withdrawn.MembershipIds)
        {
            yield return Row(recorded, Rights, membership.ToString(), new()
            {
                ["entitlements"] = "[]",
                ["visits_allowed"] = null,
            });
        }
    }

    private static RowChange Row(Recorded recorded, string table, string key, Dictionary<string, object?> columns)
    {
        columns["position"] = recorded.Position;
        return new RowChange(table, key, columns);
    }

    private static Dictionary<string, object?> Added(string member, MembershipAdded added) => new()
    {
        ["member_id"] = member,
        ["entitlements"] = JsonSerializer.Serialize(added.Terms.Entitlements),
        ["gates"] = null,
        ["visits_allowed"] = added.Terms.VisitsPerPeriod is { } allowed ? (long)allowed : null,
        ["starts_on"] = added.StartsOn,
        ["last_day"] = added.LastDay,
        ["paid"] = added.IsPaid,
        ["paid_late"] = false,
        ["frozen"] = false,
    };
}
