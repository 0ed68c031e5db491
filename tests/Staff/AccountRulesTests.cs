using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Staff;

/// <summary>Invitations, rights, locks and second factors.</summary>
public sealed class AccountRulesTests
{
    private static readonly StaffId Bob = Town.Id<StaffTag>("bob");
    private static readonly StaffGrant Desk = new(StaffRole.Desk);
    private static readonly StaffGrant Admin = new(StaffRole.Administrator);

    private readonly Given<StaffState> staff = new(StaffModule.Module.Grains[0]);

    [Fact]
    public void Invite_IsRefused_InOrder()
    {
        staff.When(Invite(Desk) with { DisplayName = " " }).IsRefused(StaffRefusal.InvalidName);
        staff.When(Invite(Desk) with { Email = null }).IsRefused(StaffRefusal.InvalidName);
        staff.When(Invite(new StaffGrant())).IsRefused(StaffRefusal.InvalidGrants);
        staff.When(Invite(new StaffGrant(StaffRole.Desk, Right: Rights.Setup))).IsRefused(StaffRefusal.InvalidGrants);
        staff.When(Invite(new StaffGrant(Right: "doors.paint"))).IsRefused(StaffRefusal.InvalidGrants);
        staff.When(Invite([.. Enumerable.Repeat(Desk, Limits.GrantsPerStaff + 1)]))
            .IsRefused(StaffRefusal.InvalidGrants);
        staff.When(Invite(Desk with { SiteId = Town.Id<SiteTag>("nowhere") })).IsRefused(StaffRefusal.UnknownSite);
        var invited = staff.When(Invite(Desk)).IsAccepted<Invitation>();
        Assert.Equal((Bob, staff.Now + Limits.InvitationLife), (invited.Id, invited.ExpiresAt));
        staff.When(Invite(Desk)).IsRefused(StaffRefusal.StaffExists);
    }

    [Fact]
    public void Invitation_CountsOnce_AndEnds()
    {
        staff.When(new AcceptInvitation(Bob, "hash", "password")).IsRefused(StaffRefusal.NotFound);
        staff.When(Invite(Desk));
        staff.When(new AcceptInvitation(Bob, "other", "password")).IsRefused(StaffRefusal.InvitationEnded);
        staff.When(new AcceptInvitation(Bob, "hash", "password")).Tells<InvitationAccepted>();
        Assert.Equal("password", staff.State.PasswordHash);
        staff.When(new AcceptInvitation(Bob, "hash", "another")).IsRefused(StaffRefusal.InvitationEnded);

        staff.When(new RenewInvitation(Bob, "second", "fr")).IsAccepted<Invitation>();
        staff.Now += Limits.InvitationLife;
        staff.When(new AcceptInvitation(Bob, "second", "another")).IsRefused(StaffRefusal.InvitationEnded);
    }

    [Fact]
    public void AnotherLink_EndsTheOneBefore_AndTheSessions()
    {
        Joined(Desk);
        Session("a");
        staff.When(new RenewInvitation(Bob, "first", "fr"));
        staff.When(new RenewInvitation(Bob, "second", "fr"));
        staff.When(new AcceptInvitation(Bob, "first", "new")).IsRefused(StaffRefusal.InvitationEnded);
        Assert.Equal("password", staff.State.PasswordHash);
        staff.When(new AcceptInvitation(Bob, "second", "new")).Tells<SessionClosed>();
        Assert.Empty(staff.State.Sessions);
    }

    [Fact]
    public void Grants_AreSet_ByOthersOnly()
    {
        staff.When(new SetGrants(Bob, [Desk])).IsRefused(StaffRefusal.NotFound);
        Joined(Desk);
        staff.Caller = Caller.Staff(Bob, Town.Id<SessionTag>("a"));
        staff.When(new SetGrants(Bob, [Admin])).IsRefused(StaffRefusal.OwnAccess);
        staff.When(new DisableStaff(Bob, "tired")).IsRefused(StaffRefusal.OwnAccess);
        staff.When(new ResetSecondFactor(Bob, "lost")).IsRefused(StaffRefusal.OwnAccess);

        staff.Caller = Caller.Staff(Town.Id<StaffTag>("ann"), Town.Id<SessionTag>("b"));
        Assert.Equal([Admin], staff.When(new SetGrants(Bob, [Admin])).Tells<GrantsSet>().Grants);
        staff.When(new SetGrants(Bob, [Admin])).TellsNothing();
        staff.When(new SetGrants(Bob, [])).Tells<GrantsSet>();
    }

    [Fact]
    public void Lock_EndsEverything_AndCanBeUndone()
    {
        staff.When(new DisableStaff(Bob, null)).IsRefused(StaffRefusal.NotFound);
        staff.When(new EnableStaff(Bob)).IsRefused(StaffRefusal.NotFound);
        Joined(Desk);
        Session("a");
        staff.When(new RenewInvitation(Bob, "link", "fr"));
        staff.When(new DisableStaff(Bob, new string('x', Limits.TextLength + 1))).IsRefused(StaffRefusal.InvalidReason);
        var locked = staff.When(new DisableStaff(Bob, "left the club"));
        Assert.Equal(Town.Id<SessionTag>("a"), locked.Tells<SessionClosed>().SessionId);
        Assert.Equal("left the club", locked.Tells<StaffLocked>().Reason);
        staff.When(new DisableStaff(Bob, "again")).TellsNothing();
        staff.When(Open("b")).IsRefused(StaffRefusal.StaffDisabled);
        staff.When(new RenewInvitation(Bob, "link", "fr")).IsRefused(StaffRefusal.StaffDisabled);
        staff.When(new AcceptInvitation(Bob, "link", "new")).IsRefused(StaffRefusal.StaffDisabled);
        Assert.True(staff.When(new EnableStaff(Bob)).Tells<StaffUnlocked>().HasPassword);
        staff.When(new EnableStaff(Bob)).TellsNothing();
        staff.When(new AcceptInvitation(Bob, "link", "new")).IsRefused(StaffRefusal.InvitationEnded);
    }

    [Fact]
    public void RecoveryCode_CountsOnce()
    {
        Joined(Desk);
        staff.When(new SetTotp(Bob, "SECRET", 7, ["one", "two"])).Tells<TotpSet>();
        staff.When(Open("a") with { CodeStep = 7 }).IsRefused(StaffRefusal.CodeAlreadyUsed);
        Assert.Equal(1, staff.When(Open("a") with { RecoveryHash = "one" }).Tells<RecoveryCodeUsed>().Left);
        staff.When(Open("b") with { RecoveryHash = "one" }).IsRefused(StaffRefusal.CodeAlreadyUsed);
        staff.When(new SetRecoveryCodes(Bob, ["three"])).Tells<RecoveryCodesSet>();
        staff.When(Open("b") with { RecoveryHash = "two" }).IsRefused(StaffRefusal.CodeAlreadyUsed);
        staff.When(Open("b") with { RecoveryHash = "three" }).IsAccepted<Created<SessionTag>>();
    }

    [Fact]
    public void Administrator_KeepsASecondFactor()
    {
        Joined(Admin);
        Assert.True(staff.State.MustHaveSecondFactor(staff.Now));
        staff.When(new RemoveTotp(Bob)).TellsNothing();
        staff.When(new SetTotp(Bob, "SECRET", 7, ["one"]));
        staff.When(new RemoveTotp(Bob)).IsRefused(StaffRefusal.SecondFactorObligatory);
        staff.When(Passkey("key")).Tells<PasskeyAdded>();
        staff.When(Passkey("key")).TellsNothing();
        Assert.Equal(["one"], staff.State.RecoveryHashes);
        staff.When(new RemoveTotp(Bob)).Tells<TotpRemoved>();
        staff.When(new RemovePasskey(Bob, "none")).IsRefused(StaffRefusal.UnknownPasskey);
        staff.When(new RemovePasskey(Bob, "key")).IsRefused(StaffRefusal.SecondFactorObligatory);
        staff.When(Open("a") with { PasskeyUse = new PasskeyUse("none", "r") }).IsRefused(StaffRefusal.UnknownPasskey);
        staff.When(Open("a") with { PasskeyUse = new PasskeyUse("key", "used") }).Tells<PasskeyUsed>();
        Assert.Equal("used", Assert.Single(staff.State.Passkeys).Record);
        staff.When(new ResetSecondFactor(Bob, "lost phone")).Tells<SecondFactorReset>();
        Assert.False(staff.State.HasSecondFactor);
        Assert.Empty(staff.State.Sessions);
    }

    [Fact]
    public void Administrator_ForATime_NeedsASecondFactorForThatTime()
    {
        Joined(Admin with { Until = staff.Now.AddHours(1) });
        Assert.True(staff.State.MustHaveSecondFactor(staff.Now));
        Assert.False(staff.State.MustHaveSecondFactor(staff.Now.AddHours(1)));
    }

    [Fact]
    public void FirstPasskey_BringsRecoveryCodes_AndThereAreOnlySoMany()
    {
        staff.When(Passkey("key")).IsRefused(StaffRefusal.NotFound);
        Joined(Desk);
        staff.When(Passkey("key") with { Name = "" }).IsRefused(StaffRefusal.InvalidName);
        Assert.Equal(["r"], staff.When(Passkey("key")).Tells<RecoveryCodesSet>().Hashes);
        for (var i = 1; i < Limits.PasskeysPerStaff; i++)
        {
            staff.When(Passkey($"key {i}"));
        }

        staff.When(Passkey("more")).IsRefused(StaffRefusal.TooManyPasskeys);
        staff.When(new RemovePasskey(Bob, "key")).Tells<PasskeyRemoved>();
    }

    [Fact]
    public void Password_EndsTheOtherSessions()
    {
        Joined(Desk);
        Session("a");
        Session("b");
        var set = staff.When(new SetPassword(Bob, Town.Id<SessionTag>("b"), "new"));
        Assert.Equal(Town.Id<SessionTag>("a"), set.Tells<SessionClosed>().SessionId);
        Assert.Equal("new", staff.State.PasswordHash);
        Session("c");
        staff.When(new CloseOtherSessions(Bob, Town.Id<SessionTag>("c"))).Tells<SessionClosed>();
        Assert.Equal(Town.Id<SessionTag>("c"), Assert.Single(staff.State.Sessions).Id);
    }

    [Fact]
    public void Sight_IsNoted_OfOpenSessionsOnly()
    {
        Joined(Desk);
        Session("a");
        staff.Now += Limits.SessionSeenEvery;
        var seen = staff.When(new SeeSession(Bob, Town.Id<SessionTag>("a"), "203.0.113.7")).Tells<SessionSeen>();
        Assert.Equal((staff.Now, "203.0.113.7"), (seen.At, Assert.Single(staff.State.Sessions).Place));
        staff.When(new SeeSession(Bob, Town.Id<SessionTag>("z"), null)).TellsNothing();
    }

    [Fact]
    public void ViewAs_IsOfOneSession_AndLeavesATrace()
    {
        var ann = Town.Id<StaffTag>("ann");
        var session = Town.Id<SessionTag>("a");
        staff.When(new BeginViewAs(Bob, session, ann, "she asked")).IsRefused(StaffRefusal.NotFound);
        Joined(Admin);
        Session("a");
        staff.When(new BeginViewAs(Bob, session, Bob, "me")).IsRefused(StaffRefusal.OwnAccess);
        var begun = staff.When(new BeginViewAs(Bob, session, ann, "she asked")).Tells<ViewAsBegun>();
        Assert.Equal("she asked", begun.Reason);
        Assert.Equal(ann, Assert.Single(staff.State.Sessions).ViewsAs);
        Assert.Equal(ann, staff.When(new EndViewAs(Bob, session)).Tells<ViewAsEnded>().Colleague);
        staff.When(new EndViewAs(Bob, session)).TellsNothing();
    }

    [Fact]
    public void Rows_FollowAnAccount()
    {
        var view = new StaffView();
        object? Status(IEvent happened) => view.Map(new Recorded(1, Bob.Grain, 1, staff.Now, "system", happened))
            .Single(r => r.Table == "staff").Columns!["status"];
        Assert.Equal("invited", Status(staff.When(Invite(Desk)).Tells<StaffInvited>()));
        Assert.Equal("active", Status(staff.When(new AcceptInvitation(Bob, "hash", "p")).Tells<InvitationAccepted>()));
        Assert.Equal("disabled", Status(staff.When(new DisableStaff(Bob, "left")).Tells<StaffLocked>()));
        Assert.Equal("active", Status(staff.When(new EnableStaff(Bob)).Tells<StaffUnlocked>()));
        var set = staff.When(new SetGrants(Bob, [Admin])).Tells<GrantsSet>();
        var row = Assert.Single(view.Map(new Recorded(1, Bob.Grain, 1, staff.Now, "system", set)));
        Assert.Equal([Admin], StaffView.Grants((string)row.Columns!["grants"]!));
    }

    private static InviteStaff Invite(params StaffGrant[] grants) =>
        new(Bob, "bob@example.org", "Bob", "hash", grants, "fr");

    private static AddPasskey Passkey(string key) => new(Bob, key, "Phone", "record", ["r"]);

    private OpenSession Open(string session) => new(
        Bob, Town.Id<SessionTag>(session), $"hash of {session}", staff.Now.AddHours(1));

    private void Session(string session) => staff.When(Open(session)).IsAccepted<Created<SessionTag>>();

    private void Joined(params StaffGrant[] grants)
    {
        staff.When(Invite(grants));
        staff.When(new AcceptInvitation(Bob, "hash", "password")).Tells<InvitationAccepted>();
    }
}
