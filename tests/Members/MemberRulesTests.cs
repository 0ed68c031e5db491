using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

public sealed class MemberRulesTests
{
    private static readonly CredentialKey Key = Town.Id<CredentialKeyTag>("new");
    private readonly Given<MemberState> nobody = new(MembersModule.Module.Grains[0]);
    private readonly Hall hall = new();

    [Fact]
    public void Register_IsRefused_InOrder()
    {
        Register(" ", "Lukusa").IsRefused(MemberRefusal.InvalidName);
        Register("Ruth", null).IsRefused(MemberRefusal.InvalidName);
        Register("Ruth", new string('x', Limits.NameLength + 1)).IsRefused(MemberRefusal.InvalidName);
        Register("Ruth", "Lukusa").Tells<MemberRegistered>();
        Register("Ruth", "Lukusa").IsRefused(MemberRefusal.MemberExists);
    }

    [Fact]
    public void Register_GivesACodeThatCanBeSaid()
    {
        var registration = Register("Ruth", "Lukusa").IsAccepted<MemberRegistration>();
        Assert.Equal(Hall.Member, registration.Id);
        Assert.Matches("^[2-9A-HJKMNP-TWXYZ]{8}$", registration.Code);
        Assert.Equal(registration.Code, MemberCode.Of(Hall.Member));
    }

    [Fact]
    public void Details_AreCorrected_AsOftenAsNeeded()
    {
        Correct("Ruth", "Lukusa").IsRefused(MemberRefusal.NotFound);
        Register("Rut", "Lukusa").IsAccepted<MemberRegistration>();
        Correct("", "Lukusa").IsRefused(MemberRefusal.InvalidName);
        Correct("Ruth", new string('x', Limits.NameLength + 1)).IsRefused(MemberRefusal.InvalidName);
        Assert.Equal(1, Correct("Ruth", "Lukusa").Tells<MemberDetailsChanged>().Number);
        var again = Correct("Ruth", "Lukusa Mbuyi").Tells<MemberDetailsChanged>();
        Assert.Equal((2, "Ruth", "Lukusa Mbuyi"), (again.Number, again.FirstName, again.LastName));
        Assert.Equal(2, nobody.State.DetailsChanges);

        Decision Correct(string first, string last) =>
            nobody.When(new ChangeDetails(Hall.Member, first, last, null, "+243 81"));
    }

    [Fact]
    public void Suspend_ShutsEveryDoor_UntilResumed()
    {
        hall.With();
        hall.Grain.When(new SuspendMember(Hall.Member, "Unpaid bar")).Tells<MemberSuspended>();
        Assert.Empty(hall.Grain.When(new SuspendMember(Hall.Member, "Again")).Events);
        Assert.Equal(AccessReason.Suspended, hall.In().Reason);
        hall.Grain.When(new ResumeMember(Hall.Member, null)).Tells<MemberResumed>();
        Assert.Empty(hall.Grain.When(new ResumeMember(Hall.Member, null)).Events);
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
    }

    [Fact]
    public void Reason_IsRefused_WhenTooLong()
    {
        var tooLong = new string('x', Limits.TextLength + 1);
        hall.Grain.When(new SuspendMember(Hall.Member, tooLong)).IsRefused(MemberRefusal.InvalidReason);
        hall.Grain.When(new ResumeMember(Hall.Member, tooLong)).IsRefused(MemberRefusal.InvalidReason);
    }

    [Fact]
    public void Nobody_IsNotFound_AndLeavesNothingBehind()
    {
        var badge = Hall.Badge;
        var gate = hall.Gate.Id;
        ICommand[] commands =
        [
            new SuspendMember(Hall.Member, null), new ResumeMember(Hall.Member, null),
            new SettleMembership(Hall.Member, Hall.First), new FreezeMembership(Hall.Member, Hall.First, null),
            new UnfreezeMembership(Hall.Member, Hall.First, null), new StartMembership(Hall.Member, Hall.First),
            new EndMembership(Hall.Member, Hall.First), new AddCredential(Hall.Member, Key, CredentialKind.Qr, "v"),
            new RevokeCredential(Hall.Member, badge), new RecordPassage(Hall.Member, 1, gate, nobody.Now),
            new RequestAccess(Hall.Member, badge, gate, "s", Direction.In), new RecordNonPassage(Hall.Member, 1, gate),
            new RecordOfflineAccess(Hall.Member, badge, gate, "s", Direction.In, true, nobody.Now),
        ];
        Assert.All(commands, command =>
        {
            var decision = nobody.When(command);
            decision.IsRefused(MemberRefusal.NotFound);
            Assert.False(decision.IsKept);
        });
    }

    [Fact]
    public void Access_IsRefused_AtAGateThatIsNotThere() =>
        hall.Grain.When(new RequestAccess(Hall.Member, Hall.Badge, Town.Id<GateTag>("none"), "s", Direction.In))
            .IsRefused(MemberRefusal.UnknownGate);

    [Fact]
    public void Credential_IsAdded_WhenItsClaimSucceeds()
    {
        var asked = hall.Grain.When(new AddCredential(Hall.Member, Key, CredentialKind.Nfc, "value"));
        Assert.Null(asked.Answer);
        var command = hall.Grain.LastCommand;
        var claim = asked.Sends<ClaimCredential>();
        Assert.Equal((Key, Hall.Member), (claim.Key, claim.MemberId));
        var settled = hall.Grain.WhenDone(claim);
        Assert.Equal(
            new CredentialAdded(claim.CredentialId, Key, CredentialKind.Nfc, "value"),
            settled.Tells<CredentialAdded>());
        var settlement = Assert.Single(settled.Settlements);
        Assert.Equal(command, settlement.Command);
        Assert.Equal(new Created<CredentialTag>(claim.CredentialId), settlement.Answer.Outcome);
        Assert.NotNull(hall.State.Badge(claim.CredentialId));
        Assert.Empty(hall.State.RequestedBadges);
        hall.Grain.WhenDone(claim).TellsNothing();
    }

    [Fact]
    public void Credential_IsInUse_WhenItsClaimFails()
    {
        var claim = hall.Grain.When(new AddCredential(Hall.Member, Key, CredentialKind.Qr, "v"))
            .Sends<ClaimCredential>();
        var settled = hall.Grain.WhenRefused(claim, CredentialRefusal.CredentialInUse);
        Assert.Equal(
            Refusal.Of(MemberRefusal.CredentialInUse), Assert.Single(settled.Settlements).Answer.Refusal);
        Assert.Null(hall.State.Badge(claim.CredentialId));
        Assert.Empty(hall.State.RequestedBadges);
    }

    [Fact]
    public void Credential_IsRefused_InOrder()
    {
        var own = hall.State.Badges[0].Key;
        Add(own, "").IsRefused(MemberRefusal.InvalidCredential);
        Add(own, new string('x', Limits.CredentialLength + 1)).IsRefused(MemberRefusal.InvalidCredential);
        Add(own, "v").IsRefused(MemberRefusal.CredentialInUse);
        Have(1, Limits.CredentialsPerMember);
        Add(own, "v").IsRefused(MemberRefusal.TooManyCredentials);
    }

    [Fact]
    public void Credential_CanBeReplacedAgainAndAgain()
    {
        var other = Town.Id<CredentialKeyTag>("other");
        Have(1, Limits.CredentialsPerMember);
        Add(other, "v").IsRefused(MemberRefusal.TooManyCredentials);
        hall.Grain.When(new RevokeCredential(Hall.Member, Hall.Badge)).Tells<CredentialRevoked>();
        Add(other, "v").Sends<ClaimCredential>();
    }

    [Fact]
    public void Credentials_AreBounded_RevokedOnesToo()
    {
        for (var i = 1; i < Limits.CredentialsEverPerMember; i++)
        {
            Have(i, i + 1);
            hall.Grain.Events(new CredentialRevoked(Town.Id<CredentialTag>($"{i}")));
        }

        Add(Town.Id<CredentialKeyTag>("other"), "v").IsRefused(MemberRefusal.TooManyCredentials);
    }

    [Fact]
    public void Revoke_IsOnceAndForAll()
    {
        hall.Grain.When(new RevokeCredential(Hall.Member, Hall.Badge)).Tells<CredentialRevoked>();
        hall.Grain.When(new RevokeCredential(Hall.Member, Hall.Badge)).TellsNothing();
        Add(hall.State.Badges[0].Key, "v").IsRefused(MemberRefusal.CredentialInUse);
        hall.Grain.When(new RevokeCredential(Hall.Member, Town.Id<CredentialTag>("none")))
            .IsRefused(MemberRefusal.UnknownCredential);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tkt_")]
    [InlineData("tkt_00000000000000000000000000")]
    [InlineData("tkt_00000000000000000000000000.")]
    [InlineData("tkt_00000000000000000000000000.0")]
    [InlineData("tkt_00000000000000000000000000.01")]
    [InlineData("tkt_00000000000000000000000000.-1")]
    [InlineData("tkt_00000000000000000000000000.1x")]
    [InlineData("tkt_0000000000000000000000000U.1")]
    [InlineData("tkt_00000000000000000000000000.99999999999999999999")]
    [InlineData("mbr_00000000000000000000000000.1")]
    public void Ticket_IsNone_WhenNotWrittenByUs(string? text) => Assert.False(Ticket.TryParse(text, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(long.MaxValue)]
    public void Ticket_ReadsWhatItWrites(long number)
    {
        Assert.True(Ticket.TryParse(new Ticket(Hall.Member, number).ToString(), out var ticket));
        Assert.Equal(new Ticket(Hall.Member, number), ticket);
    }

    private Decision Add(CredentialKey key, string value) =>
        hall.Grain.When(new AddCredential(Hall.Member, key, CredentialKind.Qr, value));

    private Decision Register(string? first, string? last) =>
        nobody.When(new RegisterMember(Hall.Member, first, last, "ruth@example.org", "+243 81 000 00 00"));

    private void Have(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            hall.Grain.Events(new CredentialAdded(
                Town.Id<CredentialTag>($"{i}"), Town.Id<CredentialKeyTag>($"{i}"), CredentialKind.Qr, "v"));
        }
    }
}
