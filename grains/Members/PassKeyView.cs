using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>The keys of members' phones: what a pass is checked with at the gateway and, offline, at gates.</summary>
public sealed class PassKeyView : IView
{
    /// <inheritdoc/>
    public string Name => "pass_keys";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "pass_keys",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["public_key"] = ColumnType.Text,
                ["device"] = ColumnType.Text,
                ["revoked"] = ColumnType.Flag,
                ["added_at"] = ColumnType.Time,
            },
            "member_id"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(PassKeyAdded), typeof(PassKeyRevoked) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case PassKeyAdded added:
                yield return new RowChange("pass_keys", added.PassKeyId.ToString(), new Dictionary<string, object?>
                {
                    ["member_id"] = new MemberId(recorded.Grain.Key).ToString(),
                    ["public_key"] = added.PublicKey,
                    ["device"] = added.Device,
                    ["revoked"] = false,
                    ["added_at"] = recorded.At,
                });
                break;
            case PassKeyRevoked revoked:
                yield return new RowChange("pass_keys", revoked.PassKeyId.ToString(), new Dictionary<string, object?>
                {
                    ["revoked"] = true,
                });
                break;
        }
    }
}
