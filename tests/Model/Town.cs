using SmartClub.Grains.Model;

namespace SmartClub.Tests.Model;

/// <summary>Reference data for tests: put in what a test needs.</summary>
public sealed class Town : IReference
{
    private readonly Dictionary<GateId, GateFacts> gates = [];
    private readonly Dictionary<ZoneId, ZoneFacts> zones = [];
    private readonly Dictionary<SiteId, SiteFacts> sites = [];
    private readonly Dictionary<PlanId, PlanFacts> plans = [];

    public static Id<TTag> Id<TTag>(string name)
        where TTag : IIdTag => new(CommandId.Of(TTag.Prefix, name).Value);

    public GateFacts? Gate(GateId id) => gates.GetValueOrDefault(id);

    public IReadOnlyList<GateFacts> GatesAt(SiteId site) => [.. gates.Values.Where(g => g.SiteId == site)];

    public ZoneFacts? Zone(ZoneId id) => zones.GetValueOrDefault(id);

    public SiteFacts? Site(SiteId id) => sites.GetValueOrDefault(id);

    public PlanFacts? Plan(PlanId id) => plans.GetValueOrDefault(id);

    public bool IsPriced(SiteId site) =>
        plans.Values.Any(p => p.Entitlements.Any(e => Zone(e.ZoneId)?.SiteId == site));

    public SiteFacts AddSite(string name, string timeZone = "Africa/Kinshasa") =>
        sites[Id<SiteTag>(name)] =
            new SiteFacts(Id<SiteTag>(name), name, TimeZoneInfo.FindSystemTimeZoneById(timeZone), "USD");

    /// <summary>The site is at a place, in degrees.</summary>
    public void Locate(SiteFacts site, double latitude, double longitude) => sites[site.Id] = sites[site.Id] with
    {
        Location = new GeoPoint((int)Math.Round(latitude * 1e6), (int)Math.Round(longitude * 1e6)),
    };

    public ZoneFacts AddZone(
        SiteFacts site, string name, AntiPassback antiPassback = AntiPassback.Hard, int forgivenessMinutes = 0,
        int? capacity = null) =>
        zones[Id<ZoneTag>(name)] =
            new ZoneFacts(Id<ZoneTag>(name), site.Id, name, antiPassback, forgivenessMinutes, capacity);

    public GateFacts AddGate(ZoneFacts zone, string name, bool confirms = false) =>
        Put(new GateFacts(
            Id<GateTag>(name), name, zone.SiteId, zone.Id, GateDirection.Both, confirms, IsDisabled: false));

    public GateFacts Put(GateFacts gate) => gates[gate.Id] = gate;

    public PlanFacts Put(PlanFacts plan) => plans[plan.Id] = plan;

    public PlanFacts AddPlan(string name, PlanLength length, int? visits, params Entitlement[] entitlements) =>
        plans[Id<PlanTag>(name)] =
            new PlanFacts(Id<PlanTag>(name), name, length, new Money(3_000, "USD"), entitlements, visits);

    public PlanFacts AddPlan(string name, PlanLength length, int? visits, params ZoneFacts[] opened) =>
        AddPlan(name, length, visits, Array.ConvertAll(opened, z => new Entitlement(z.Id, null)));
}
