using System.Collections.Concurrent;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Model;
using SmartClub.Grains.Plans;
using SmartClub.Grains.Sites;
using SmartClub.Grains.Zones;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>One kind of reference data, by id.</summary>
public abstract class FactsMirror<TTag, TFacts>(string table, params IReadOnlyList<string> columns) : IMirror
    where TTag : IIdTag
    where TFacts : class
{
    private readonly ConcurrentDictionary<Id<TTag>, TFacts> known = new();

    /// <inheritdoc/>
    public string Table => table;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>All of them.</summary>
    public ICollection<TFacts> All => known.Values;

    /// <summary>The facts, or null where there are none.</summary>
    public TFacts? Find(Id<TTag> id) => known.GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        var id = Id<TTag>.Parse(key, null);
        if (Read(key, known.GetValueOrDefault(id), columns) is { } facts)
        {
            known[id] = facts;
        }
    }

    /// <inheritdoc/>
    public void Remove(string key) => known.TryRemove(Id<TTag>.Parse(key, null), out _);

    /// <summary>The facts after columns were set on what was known.</summary>
    protected abstract TFacts? Read(string key, TFacts? before, IReadOnlyDictionary<string, object?> columns);
}

/// <summary>Sites.</summary>
public sealed class SiteMirror() : FactsMirror<SiteTag, SiteFacts>("sites", "facts", "hours", "location")
{
    /// <inheritdoc/>
    protected override SiteFacts? Read(string key, SiteFacts? before, IReadOnlyDictionary<string, object?> columns)
    {
        var facts = columns.GetValueOrDefault("facts") is string json
            ? SiteView.Facts(key, json) with { Hours = before?.Hours, Location = before?.Location }
            : before;
        if (columns.GetValueOrDefault("hours") is string hours && facts is not null)
        {
            facts = facts with { Hours = SiteView.Hours(hours) };
        }

        return columns.TryGetValue("location", out var place) && facts is not null
            ? facts with { Location = place is string known ? SiteView.Location(known) : null }
            : facts;
    }
}

/// <summary>Zones.</summary>
public sealed class ZoneMirror() : FactsMirror<ZoneTag, ZoneFacts>("zones", "facts")
{
    /// <inheritdoc/>
    protected override ZoneFacts? Read(string key, ZoneFacts? before, IReadOnlyDictionary<string, object?> columns) =>
        columns.GetValueOrDefault("facts") is string json ? ZoneView.Facts(json) : before;
}

/// <summary>Plans.</summary>
public sealed class PlanMirror() : FactsMirror<PlanTag, PlanFacts>("plans", "facts", "guests", "retired")
{
    /// <inheritdoc/>
    protected override PlanFacts? Read(string key, PlanFacts? before, IReadOnlyDictionary<string, object?> columns)
    {
        var facts = columns.GetValueOrDefault("facts") is string json
            ? PlanView.Facts(json) with
            {
                GuestsPerPeriod = before?.GuestsPerPeriod,
                IsRetired = before?.IsRetired ?? false,
            }
            : before;
        if (columns.GetValueOrDefault("guests") is long guests && facts is not null)
        {
            facts = facts with { GuestsPerPeriod = (int)guests };
        }

        return columns.GetValueOrDefault("retired") is bool retired && facts is not null
            ? facts with { IsRetired = retired }
            : facts;
    }
}

/// <summary>Gates.</summary>
public sealed class GateMirror() : FactsMirror<GateTag, GateFacts>("gates", "facts", "disabled")
{
    /// <inheritdoc/>
    protected override GateFacts? Read(string key, GateFacts? before, IReadOnlyDictionary<string, object?> columns)
    {
        // What was said before of its work stays, where only the rest is new.
        var facts = columns.GetValueOrDefault("facts") is string json
            ? GateView.Facts(json, before?.IsDisabled ?? false)
            : before;
        return columns.TryGetValue("disabled", out var disabled) && facts is not null
            ? facts with { IsDisabled = disabled is true }
            : facts;
    }
}

/// <summary>The reference data that rules may ask.</summary>
public sealed class ReferenceMirror(SiteMirror sites, ZoneMirror zones, PlanMirror plans, GateMirror gates) : IReference
{
    /// <inheritdoc/>
    public GateFacts? Gate(GateId id) => gates.Find(id);

    /// <inheritdoc/>
    public IReadOnlyList<GateFacts> GatesAt(SiteId site) =>
        [.. gates.All.Where(g => g.SiteId == site).OrderBy(g => g.Id.Value)];

    /// <inheritdoc/>
    public ZoneFacts? Zone(ZoneId id) => zones.Find(id);

    /// <inheritdoc/>
    public SiteFacts? Site(SiteId id) => sites.Find(id);

    /// <inheritdoc/>
    public PlanFacts? Plan(PlanId id) => plans.Find(id);

    /// <inheritdoc/>
    public bool IsPriced(SiteId site) =>
        plans.All.Any(p => p.Entitlements.Any(e => zones.Find(e.ZoneId)?.SiteId == site));
}
