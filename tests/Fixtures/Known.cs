using System.Text.Json;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Fixtures;

/// <summary>What was true of a club when its fixture was made, told in columns that every version has.</summary>
internal sealed record Known(
    DateTimeOffset Now, long Position, IReadOnlyList<string> Members, IReadOnlyList<string> Memberships,
    IReadOnlyList<string> Inside)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    public static async Task<Known> Of(World world, long position) => new(
        world.Clock.GetUtcNow(),
        position,
        await world.Database.Rows(
            "select key, code, display_name, phone, status, expires_on from views.members order by key"),
        await world.Database.Rows(
            "select key, member_id, starts_on, expires_on, paid, frozen, visits_used from views.memberships "
            + "order by key"),
        await world.Database.Rows("select member_id, zone_id from views.presence order by member_id, zone_id"));

    public static Known Read(string path) => JsonSerializer.Deserialize<Known>(File.ReadAllText(path))!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Pretty) + "\n");
}
