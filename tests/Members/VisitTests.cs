using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Several memberships, quotas and anti-passback.</summary>
public sealed class VisitTests
{
    [Fact]
    public void Debt_ClosesItsRight_NotThePerson()
    {
        var hall = new Hall();
        hall.With("gym", paid: false, entitlements: new Entitlement(hall.Zone.Id, null));
        hall.With("pool", entitlements: new Entitlement(hall.Pool.Id, null));
        Assert.Equal(AccessReason.Ok, hall.In(hall.PoolGate).Reason);

        // For the weights the pool's membership comes further (wrong_zone) than the one in debt.
        Assert.Equal(AccessReason.WrongZone, hall.In().Reason);
    }

    [Fact]
    public void SeveralMemberships_NameTheLatestReason()
    {
        var hall = new Hall();
        hall.With("old", lastDay: hall.Today.AddDays(-1)).With("coming", startsOn: hall.Today.AddDays(1));
        Assert.Equal(AccessReason.Expired, hall.In().Reason);
        hall.With("unpaid", paid: false);
        var answer = hall.In();
        Assert.Equal(AccessReason.PaymentOverdue, answer.Reason);
        Assert.Equal("unpaid", answer.PlanName);
    }

    [Fact]
    public void SeveralThatPass_TheFreeOneThenTheSoonestPays()
    {
        var hall = new Hall(AntiPassback.Off);
        hall.With("late", lastDay: hall.Today.AddDays(20), visits: 5);
        hall.With("soon", lastDay: hall.Today.AddDays(5), visits: 5);
        Assert.Equal("soon", hall.In().PlanName);
        hall.With("free", lastDay: hall.Today.AddDays(30));
        Assert.Equal("free", hall.Later(61).In().PlanName);
        Assert.Equal((1, 0, 1), (hall.VisitsUsed("soon"), hall.VisitsUsed("late"), hall.VisitsUsed("free")));
    }

    [Fact]
    public void Quota_CountsEntriesOfItsOwnTerm()
    {
        var hall = new Hall().With("spent", visits: 1);
        Assert.Equal(1, hall.In().Detail?.VisitsUsed);
        hall.Out();
        var denied = hall.In();
        Assert.Equal(AccessReason.QuotaExhausted, denied.Reason);
        Assert.Equal((1, 1), (denied.Detail?.VisitsUsed, denied.Detail?.VisitsAllowed));
        hall.With("renewed", visits: 1);
        Assert.Equal("renewed", hall.In().PlanName);
    }

    [Fact]
    public void Quota_IsHeldByOpenTicketsOfOtherZones()
    {
        var hall = new Hall(confirms: true).With(visits: 1);
        var pool = hall.In(hall.PoolGate);
        Assert.True(pool.Granted);
        Assert.Equal(AccessReason.QuotaExhausted, hall.In().Reason);
        Assert.True(hall.Later(60).In().Granted);
        hall.Pass(pool, hall.PoolGate).Tells<Entered>();
        Assert.Equal(AccessReason.QuotaExhausted, hall.In().Reason);
    }

    [Fact]
    public void Quota_OfTheSameZone_IsHeldOnce()
    {
        var hall = new Hall(confirms: true).With(visits: 1);
        Assert.True(hall.In().Granted);
        var second = hall.In();
        Assert.True(second.Granted);
        Assert.Equal(1, second.Detail?.VisitsUsed);
    }

    [Fact]
    public void Hard_NeverForgives_WithoutForgiveness()
    {
        var hall = new Hall().With(lastDay: new DateOnly(2027, 11, 24));
        var since = hall.Grain.Now;
        hall.In();
        var answer = hall.Later(TimeSpan.FromDays(300).TotalSeconds).In();
        Assert.Equal(AccessReason.AntiPassback, answer.Reason);
        Assert.Equal(since, answer.Detail?.InsideSince);
        hall.Out();
        Assert.True(hall.In().Granted);
    }

    [Fact]
    public void Hard_Forgives_AfterTheTime()
    {
        var hall = new Hall(forgivenessMinutes: 30).With(visits: 5);
        hall.In();
        Assert.Equal(AccessReason.AntiPassback, hall.Later((30 * 60) - 1).In().Reason);
        var decision = hall.Later(1).Scan();
        Assert.Equal(AccessFlags.InferredExit, decision.Tells<AccessGranted>().Flags);
        Assert.Equal(AccessFlags.InferredExit, decision.Tells<Entered>().Flags);
        Assert.Equal(2, hall.VisitsUsed());
    }

    [Fact]
    public void Soft_LetsIn_AsTheSameVisit()
    {
        var hall = new Hall(AntiPassback.Soft).With(visits: 1);
        var since = hall.Grain.Now;
        hall.In();
        var again = hall.Later(3_600).Scan();
        Assert.Equal(AccessFlags.Again | AccessFlags.SameVisit, again.Tells<AccessGranted>().Flags);
        Assert.Equal(since, again.Tells<Entered>().Since);
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void Soft_BeginsANewVisit_AfterForgiveness()
    {
        var hall = new Hall(AntiPassback.Soft, forgivenessMinutes: 30).With(visits: 2);
        hall.In();
        Assert.Equal(AccessFlags.InferredExit, hall.Later(1_800).In().Flags);
        Assert.Equal(AccessReason.QuotaExhausted, hall.Later(1_800).In().Reason);
        Assert.Equal(2, hall.VisitsUsed());
    }

    [Fact]
    public void Off_IsTheSameVisit_ForAMinute()
    {
        var hall = new Hall(AntiPassback.Off).With(visits: 2);
        hall.In();
        Assert.Equal(AccessFlags.SameVisit, hall.Later(60).In().Flags);
        Assert.Equal(1, hall.VisitsUsed());
        Assert.Equal(AccessFlags.InferredExit, hall.Later(1).In().Flags);
        Assert.Equal(2, hall.VisitsUsed());
        Assert.Equal(AccessFlags.SameVisit, hall.Later(30).In().Flags);
        Assert.Equal(AccessReason.QuotaExhausted, hall.Later(31).In().Reason);
    }

    [Fact]
    public void Presence_IsPerZone()
    {
        var hall = new Hall().With();
        Assert.True(hall.In().Granted);
        Assert.True(hall.In(hall.PoolGate).Granted);
        Assert.Equal(AccessFlags.None, hall.Out(hall.PoolGate).Flags);
        Assert.True(hall.IsInside());
        Assert.False(hall.IsInside(hall.Pool));
    }

    [Fact]
    public void GoingOut_WithoutBeingInside_CountsNothing()
    {
        var hall = new Hall().With(visits: 1);
        var decision = hall.Scan(Direction.Out);
        Assert.Equal(AccessFlags.NotInside, decision.Tells<AccessGranted>().Flags);
        Assert.Single(decision.Events);
        Assert.Equal(0, hall.VisitsUsed());
        Assert.True(hall.In().Granted);
    }

    [Fact]
    public void RevokedBadge_OpensNothing_WhileAnotherDoes()
    {
        var hall = new Hall().With();
        var other = Town.Id<CredentialTag>("other");
        hall.Grain.Events(new CredentialAdded(
            other, Town.Id<CredentialKeyTag>("other"), CredentialKind.Qr, "x"));
        hall.Grain.Events(new CredentialRevoked(Hall.Badge));
        Assert.Equal(AccessReason.Revoked, hall.In().Reason);
        Assert.True(hall.Scan(badge: other).IsAcceptedGrant());
    }
}
