using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>Puts names to what the view of alerts knows by id only, for those who may see the site.</summary>
public sealed class AlertWords(SiteMirror sites, GateMirror gates, NameMirror names, StaffMirror staff)
{
    private const string StaffPrefix = "staff:";

    /// <summary>The sites whose alerts somebody may see.</summary>
    public IReadOnlyCollection<SiteId> Sites(StaffPrincipal who) =>
        [.. sites.All.Select(s => s.Id).Where(id => who.Access.AllowsAt(Rights.AlertsRead, id))];

    /// <summary>Whether somebody may see the alerts of a site.</summary>
    public bool MaySee(StaffPrincipal who, string siteId) =>
        who.Access.AllowsAt(Rights.AlertsRead, SiteId.Parse(siteId, null));

    /// <summary>An alert with names.</summary>
    public AlertItem Item(AlertRow row, StaffPrincipal who) => new(
        row.Id, row.SiteId, row.Kind, row.State, row.GateId,
        row.GateId is null ? null : gates.Find(GateId.Parse(row.GateId, null))?.Name,
        row.MemberId, row.MemberId is null ? null : names.Find(MemberId.Parse(row.MemberId, null)),
        row.OpenedAt, row.LastAt, row.Count, row.Level, Person(row.Owner), row.Owner == who.Owner.Principal,
        row.SnoozedUntil, row.ResolvedAt, Person(row.ResolvedBy), row.Resolution);

    /// <summary>A step with names.</summary>
    public AlertStep Step(AlertStepRow row) => new(row.At, row.Step, Person(row.Principal), row.Detail);

    /// <summary>How a member of staff is called; null for the silo itself.</summary>
    public string? Person(string? principal) =>
        principal?.StartsWith(StaffPrefix, StringComparison.Ordinal) == true
        && StaffId.TryParse(principal.Split('/')[0][StaffPrefix.Length..], null, out var id)
            ? staff.Find(id)?.DisplayName
            : null;
}
