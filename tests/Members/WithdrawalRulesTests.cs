using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Who may be taken back with their import, and who stays.</summary>
public sealed class WithdrawalRulesTests
{
    private static readonly CredentialKey Key = Town.Id<CredentialKeyTag>("badge");
    private readonly Hall hall = new Hall().With();

    private static WithdrawMember Withdrawal { get; } =
        new(Hall.Member, Hall.First, true, Hall.Badge, "Wrong file");

    [Fact]
    public void Member_WhoIsAsTheyWereMade_IsGone_WhenTheirBadgeIsFree()
    {
        var decision = hall.Grain.When(Withdrawal);
        var command = hall.Grain.LastCommand;
        Assert.Null(decision.Answer);
        var withdrawn = decision.Tells<MemberWithdrawn>();
        Assert.Equal([Hall.First], withdrawn.MembershipIds);
        Assert.Equal([Hall.Badge], withdrawn.CredentialIds);
        Assert.Equal("Wrong file", withdrawn.Reason);
        Assert.Equal([$"start:{Hall.First}", $"end:{Hall.First}"], decision.CancelledReminders);
        var release = decision.Sends<ReleaseCredential>();
        Assert.Equal((Key, Hall.Member, Hall.Badge), (release.Key, release.MemberId, release.CredentialId));

        var settlement = Assert.Single(hall.Grain.WhenDone(release).Settlements);
        Assert.Equal((command, Done.Instance), (settlement.Command, settlement.Answer.Outcome));
        hall.Grain.When(Withdrawal).IsRefused(MemberRefusal.NotFound);
        hall.Scan().IsRefused(MemberRefusal.NotFound);
        hall.Grain.When(new EndMembership(Hall.Member, Hall.First)).IsRefused(MemberRefusal.NotFound);
    }

    [Fact]
    public void Member_WithoutABadge_IsGoneAtOnce()
    {
        var bare = new Given<MemberState>(MembersModule.Module.Grains[0]);
        bare.Events(new MemberRegistered("CODE2345", "Ruth", "Lukusa", null, null));
        var decision = bare.When(Withdrawal with { MembershipId = null, CredentialId = null });
        Assert.Empty(decision.Tells<MemberWithdrawn>().CredentialIds);
        Assert.Equal(Done.Instance, decision.Answer?.Outcome);
        Assert.Empty(decision.Sends);
    }

    [Fact]
    public void Nobody_AndATooLongReason_AreRefusedFirst()
    {
        new Given<MemberState>(MembersModule.Module.Grains[0]).When(Withdrawal).IsRefused(MemberRefusal.NotFound);
        hall.In();
        hall.Grain.When(Withdrawal with { Reason = new string('x', Limits.TextLength + 1) })
            .IsRefused(MemberRefusal.InvalidReason);
    }

    [Fact]
    public void WhoCame_Stays_WhateverTheDoorSaid()
    {
        Assert.True(hall.In().Granted);
        hall.Grain.When(Withdrawal).IsRefused(MemberRefusal.MemberCame);
        var refused = new Hall();
        Assert.False(refused.In().Granted);
        refused.Grain.When(Withdrawal with { MembershipId = null }).IsRefused(MemberRefusal.MemberCame);
    }

    [Fact]
    public void WhoPaid_Stays()
    {
        var unpaid = new Hall().With(paid: false);
        unpaid.Grain.When(new SettleMembership(Hall.Member, Hall.First));
        unpaid.Grain.When(Withdrawal with { WasPaid = false }).IsRefused(MemberRefusal.MemberPaid);
        hall.With("second").Grain.When(Withdrawal).IsRefused(MemberRefusal.MemberPaid);
    }

    [Fact]
    public void WhoWasChanged_Stays()
    {
        IEvent[] changes =
        [
            new MemberSuspended(new MemberStanding(MemberStatus.Suspended, null), null),
            new MemberDetailsChanged(1, "Ruth", "Lukusa", null, null),
            new CredentialRevoked(Hall.Badge),
            new CredentialAdded(Town.Id<CredentialTag>("b2"), Town.Id<CredentialKeyTag>("b2"), CredentialKind.Qr, "2"),
            new CredentialRequested(
                CommandId.Of("c"), Town.Id<CredentialTag>("b3"), Town.Id<CredentialKeyTag>("b3"), CredentialKind.Qr,
                "3"),
            new MembershipFrozen(Hall.First, null),
            new PassKeyAdded(Town.Id<CredentialTag>("phone"), "key", "phone"),
            new PersonClassified(PersonKind.Visitor),
        ];
        Assert.All(changes, change =>
        {
            var one = new Hall().With();
            one.Grain.Events(change).When(Withdrawal).IsRefused(MemberRefusal.MemberChanged);
        });
        new Hall().With().With("second", paid: false).Grain.When(Withdrawal)
            .IsRefused(MemberRefusal.MemberChanged);
    }
}
