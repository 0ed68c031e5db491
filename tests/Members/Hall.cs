using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>One member before one door, with everything in order. Tests put one thing or two wrong.</summary>
public sealed class Hall
{
    public static readonly MemberId Member = Town.Id<MemberTag>("ruth");
    public static readonly CredentialId Badge = Town.Id<CredentialTag>("badge");
    public static readonly MembershipId First = Town.Id<MembershipTag>("first");
    private int scans;

    public Hall(
        AntiPassback antiPassback = AntiPassback.Hard, int forgivenessMinutes = 0, int? capacity = null,
        bool confirms = false, string timeZone = "Africa/Kinshasa")
    {
        Site = Town.AddSite("Gombe", timeZone);
        Zone = Town.AddZone(Site, "Weights", antiPassback, forgivenessMinutes, capacity);
        Pool = Town.AddZone(Site, "Pool", antiPassback, forgivenessMinutes);
        Gate = Town.AddGate(Zone, "Door", confirms);
        PoolGate = Town.AddGate(Pool, "Pool door", confirms);
        Grain = new Given<MemberState>(MembersModule.Module.Grains[0], Town);
        Grain.Events(
            new MemberRegistered("CODE2345", "Ruth", "Lukusa", null, null),
            new CredentialAdded(Badge, Town.Id<CredentialKeyTag>("badge"), CredentialKind.Rfid, "04A1"));
    }

    public Town Town { get; } = new();

    public SiteFacts Site { get; }

    public ZoneFacts Zone { get; }

    public ZoneFacts Pool { get; }

    public GateFacts Gate { get; }

    public GateFacts PoolGate { get; }

    public Given<MemberState> Grain { get; }

    public MemberState State => Grain.State;

    public DateOnly Today => Site.Day(Grain.Now);

    public Hall At(DateTimeOffset now)
    {
        Grain.Now = now;
        return this;
    }

    public Hall AtLocal(int year, int month, int day, int hour, int minute = 0, int second = 0)
    {
        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
        return At(new DateTimeOffset(local, Site.TimeZone.GetUtcOffset(local)).ToUniversalTime());
    }

    public Hall Later(double seconds) => At(Grain.Now.AddSeconds(seconds));

    /// <summary>Adds a membership that opens both zones now, unless told otherwise.</summary>
    public Hall With(
        string name = "first", DateOnly? startsOn = null, DateOnly? lastDay = null, bool paid = true,
        int? visits = null, params Entitlement[] entitlements)
    {
        var terms = new MembershipTerms(
            Town.Id<PlanTag>(name), name, new Money(3_000, "USD"),
            entitlements.Length > 0 ? entitlements : [new Entitlement(Zone.Id, null), new Entitlement(Pool.Id, null)],
            visits, Site.TimeZone.Id);
        Grain.Events(new MembershipAdded(
            Town.Id<MembershipTag>(name), terms, startsOn ?? Today.AddDays(-10), lastDay ?? Today.AddDays(10), paid,
            new MemberStanding(MemberStatus.Active, null)));
        return this;
    }

    public Decision Scan(
        Direction direction = Direction.In, GateFacts? gate = null, string? scanId = null,
        CredentialId? badge = null) =>
        Grain.When(new RequestAccess(
            Member, badge ?? Badge, (gate ?? Gate).Id, scanId ?? $"scan-{scans++}", direction));

    public AccessAnswer In(GateFacts? gate = null) => Scan(Direction.In, gate).IsAccepted<AccessAnswer>();

    public AccessAnswer Out(GateFacts? gate = null) => Scan(Direction.Out, gate).IsAccepted<AccessAnswer>();

    public Decision Pass(AccessAnswer answer, GateFacts? gate = null, DateTimeOffset? at = null) =>
        Grain.When(new RecordPassage(Member, Number(answer), (gate ?? Gate).Id, at ?? Grain.Now));

    public Decision NotPass(AccessAnswer answer, GateFacts? gate = null) =>
        Grain.When(new RecordNonPassage(Member, Number(answer), (gate ?? Gate).Id));

    public Decision Offline(
        bool granted, Direction direction = Direction.In, string scanId = "offline", DateTimeOffset? at = null) =>
        Grain.When(new RecordDoorDecision(
            Member, Badge, Gate.Id, scanId, direction, granted, at ?? Grain.Now, null));

    public bool IsInside(ZoneFacts? zone = null) => State.PresenceIn((zone ?? Zone).Id) is { IsInside: true };

    public int VisitsUsed(string membership = "first") =>
        State.Membership(Town.Id<MembershipTag>(membership))!.VisitsUsed;

    private static long Number(AccessAnswer answer)
    {
        Assert.True(Ticket.TryParse(answer.TicketId, out var ticket));
        Assert.Equal(Member, ticket.MemberId);
        return ticket.Number;
    }
}

/// <summary>What tests of doors say about a decision.</summary>
public static class ThenAtTheDoor
{
    public static bool IsAcceptedGrant(this Decision decision) => decision.IsAccepted<AccessAnswer>().Granted;
}
