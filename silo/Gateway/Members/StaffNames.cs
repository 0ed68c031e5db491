using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>How people of the club are called who did something.</summary>
public sealed class StaffNames(StaffMirror staff)
{
    private const string Prefix = "staff:";

    /// <summary>The name behind a principal; empty for who is no person, or is not known any more.</summary>
    public string Of(string principal) =>
        principal.StartsWith(Prefix, StringComparison.Ordinal)
        && StaffId.TryParse(principal[Prefix.Length..].Split('/')[0], null, out var id)
            ? staff.Find(id)?.DisplayName ?? ""
            : "";
}
