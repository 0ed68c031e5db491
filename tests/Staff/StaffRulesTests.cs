using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Staff;

public sealed class StaffRulesTests
{
    private static readonly StaffId Ann = Town.Id<StaffTag>("ann");
    private static readonly CreateStaff Create = new(
        Ann, "ann@example.org", "Ann", "hash", "SECRET", StaffRole.Administrator);

    private long steps = 1_000;
    private readonly Given<StaffState> staff = new(StaffModule.Module.Grains[0]);

    [Fact]
    public void Create_IsRefused_InOrder()
    {
        staff.When(Create with { DisplayName = "" }).IsRefused(StaffRefusal.InvalidName);
        staff.When(Create).Tells<StaffCreated>();
        staff.When(Create).IsRefused(StaffRefusal.StaffExists);
        Assert.Equal([new StaffGrant(StaffRole.Administrator)], staff.State.Grants);
        Assert.Equal(
            ("ann@example.org", "hash", "SECRET"),
            (staff.State.Email, staff.State.PasswordHash, staff.State.TotpSecret));
    }

    [Fact]
    public void Session_IsRefused_InOrder()
    {
        Open("a", -1).IsRefused(StaffRefusal.NotFound);
        staff.When(new CloseSession(Ann, Town.Id<SessionTag>("a"))).IsRefused(StaffRefusal.NotFound);
        staff.When(Create);
        Open("a", 0).IsRefused(StaffRefusal.InvalidExpiry);
        Open("a", Limits.SessionLife.TotalSeconds + 1).IsRefused(StaffRefusal.InvalidExpiry);
        Open("used", 60, step: 7);
        Open("a", 3_600, step: 7).IsRefused(StaffRefusal.CodeAlreadyUsed);
        Assert.Equal(Town.Id<SessionTag>("a"), Open("a", 3_600).IsAccepted<Created<SessionTag>>().Id);
    }

    [Fact]
    public void Code_CountsOnce_InAnyOrderWithinItsWindow()
    {
        staff.When(Create);
        foreach (var step in (long[])[100, 99, 98, 101])
        {
            Assert.Equal(step, Open($"{step}", 3_600, step).Tells<CodeUsed>().Step);
        }

        foreach (var step in (long[])[101, 100, 99])
        {
            Open("again", 3_600, step).IsRefused(StaffRefusal.CodeAlreadyUsed);
        }

        Assert.Equal([100, 99, 101], staff.State.CodeSteps);
    }

    [Fact]
    public void Code_BelowTheWindow_IsNeverGoodAgain()
    {
        staff.When(Create);
        Open("a", 3_600, step: 100);
        Open("b", 3_600, step: 97).IsRefused(StaffRefusal.CodeAlreadyUsed);
        Open("c", 3_600, step: 98).IsAccepted<Created<SessionTag>>();
    }

    [Fact]
    public void Session_EndsOnce()
    {
        staff.When(Create);
        Open("a", 60);
        staff.When(new CloseSession(Ann, Town.Id<SessionTag>("a"))).Tells<SessionClosed>();
        staff.When(new CloseSession(Ann, Town.Id<SessionTag>("a"))).TellsNothing();
        Assert.Empty(staff.State.Sessions);
    }

    [Fact]
    public void Sessions_ThatRanOut_AreClearedAway()
    {
        staff.When(Create);
        Open("a", 60);
        Open("b", 120);
        staff.Now = staff.Now.AddSeconds(60);
        Assert.Equal(Town.Id<SessionTag>("a"), Open("c", 60).Tells<SessionClosed>().SessionId);
    }

    [Fact]
    public void OldestSession_GivesWay_AtTheLimit()
    {
        staff.When(Create);
        for (var i = 0; i < Limits.SessionsPerStaff; i++)
        {
            Assert.Equal(2, Open($"{i}", 3_600).Events.Count);
        }

        Assert.Equal(Town.Id<SessionTag>("0"), Open("more", 3_600).Tells<SessionClosed>().SessionId);
        Assert.Equal(Limits.SessionsPerStaff, staff.State.Sessions.Count);
    }

    [Fact]
    public void Rows_ComeAndGo()
    {
        staff.When(Create);
        var opened = Open("a", 60).Tells<SessionBegun>();
        var row = new StaffView().Map(new Recorded(1, Ann.Grain, 1, staff.Now, "system", opened))
            .Single(r => r.Table == "sessions");
        Assert.Equal(Ann.ToString(), row.Columns!["staff_id"]);
        var closed = new SessionClosed(opened.SessionId);
        Assert.Null(Assert.Single(
            new StaffView().Map(new Recorded(2, Ann.Grain, 2, staff.Now, "system", closed))).Columns);
    }

    private Decision Open(string session, double seconds, long? step = null) => staff.When(new OpenSession(
        Ann, Town.Id<SessionTag>(session), $"hash of {session}", staff.Now.AddSeconds(seconds), step ?? ++steps));
}
