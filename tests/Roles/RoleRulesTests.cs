using SmartClub.Grains.Model;
using SmartClub.Grains.Roles;
using SmartClub.Grains.Roles.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Roles;

public sealed class RoleRulesTests
{
    private static readonly RoleId Coach = Town.Id<RoleTag>("coach");
    private static readonly CreateRole Create = new(Coach, "Coach", [Rights.MembersRead]);

    private readonly Given<RoleState> role = new(RolesModule.Module.Grains[0]);

    [Fact]
    public void Create_IsRefused_InOrder()
    {
        role.When(Create with { Name = "", Rights = ["no"] }).IsRefused(RoleRefusal.InvalidName);
        role.When(Create with { Rights = ["doors.paint"] }).IsRefused(RoleRefusal.UnknownRight);
        role.When(Create with { Rights = [Rights.MembersRead, Rights.MembersRead] })
            .IsRefused(RoleRefusal.UnknownRight);
        Assert.Equal(Coach, role.When(Create).IsAccepted<Created<RoleTag>>().Id);
        role.When(Create).IsRefused(RoleRefusal.RoleExists);
    }

    [Fact]
    public void Change_IsRefused_InOrder_AndActsOnce()
    {
        var change = new ChangeRole(Coach, "Coach", [Rights.LiveRead]);
        role.When(change).IsRefused(RoleRefusal.NotFound);
        role.When(Create);
        role.When(change with { Name = " " }).IsRefused(RoleRefusal.InvalidName);
        role.When(change with { Rights = [Rights.Gate] }).IsRefused(RoleRefusal.UnknownRight);
        Assert.Equal([Rights.LiveRead], role.When(change).Tells<RoleChanged>().Rights);
        role.When(change).TellsNothing();
    }

    [Fact]
    public void Row_FollowsTheRole()
    {
        var changed = new RoleChanged("Chief coach", [Rights.LiveRead]);
        var row = Assert.Single(new RoleView().Map(new Recorded(1, Coach.Grain, 1, role.Now, "system", changed)));
        Assert.Equal((Coach.ToString(), "Chief coach"), (row.Key, row.Columns!["name"]));
        Assert.Equal("[\"live.read\"]", row.Columns["rights"]);
    }
}
