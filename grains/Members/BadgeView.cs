using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// The badges and codes of members, by key: the silo's index from what is held to a reader to the member who
/// decides is loaded from it. Values stay out of it.
/// </summary>
public sealed class BadgeView : IView
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "credentials",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["credential_key"] = ColumnType.Text,
                ["kind"] = ColumnType.Text,
                ["revoked"] = ColumnType.Flag,
                ["added_at"] = ColumnType.Time,
            },
            "member_id",
            "credential_key"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(CredentialAdded), typeof(CredentialRevoked), typeof(MemberWithdrawn),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case CredentialAdded added:
                yield return Row(added.CredentialId, new()
                {
                    ["member_id"] = new MemberId(recorded.Grain.Key).ToString(),
                    ["credential_key"] = added.Key.ToString(),
                    ["kind"] = Refusal.Snake(added.Kind.ToString()),
                    ["revoked"] = false,
                    ["added_at"] = recorded.At,
                });
                break;
            case CredentialRevoked revoked:
                yield return Row(revoked.CredentialId, new() { ["revoked"] = true });
                break;
            case MemberWithdrawn withdrawn:
                foreach (var gone in withdrawn.CredentialIds)
                {
                    yield return new RowChange("credentials", gone.ToString(), null);
                }

                break;
        }
    }

    private static RowChange Row(CredentialId id, Dictionary<string, object?> columns) =>
        new("credentials", id.ToString(), columns);
}
