using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Keys of phones, and which of their passes were used.</summary>
public sealed class PassRulesTests
{
    private static readonly string Key = new('A', 86);
    private readonly Hall hall = new Hall(AntiPassback.Off).With();

    [Fact]
    public void AddPassKey_IsRefused_ForWhoDoesNotExist() =>
        new Given<MemberState>(MembersModule.Module.Grains[0]).When(Add()).IsRefused(MemberRefusal.NotFound);

    [Fact]
    public void AddPassKey_IsRefused_LongAfterTheSignIn()
    {
        var signedIn = hall.Grain.Now;
        hall.Later(Limits.EnrolmentWindow.TotalSeconds + 1);
        hall.Grain.When(Add() with { SignedInAt = signedIn }).IsRefused(MemberRefusal.SignInAgain);
    }

    [Fact]
    public void AddPassKey_IsRefused_ForWhatIsNoKey() =>
        hall.Grain.When(Add("short")).IsRefused(MemberRefusal.InvalidPassKey);

    [Fact]
    public void AddPassKey_IsRefused_ForARevokedKey()
    {
        var id = hall.Grain.When(Add()).IsAccepted<Created<CredentialTag>>().Id;
        hall.Grain.When(new RevokePassKey(Hall.Member, id)).Tells<PassKeyRevoked>();
        hall.Grain.When(Add()).IsRefused(MemberRefusal.PassKeyRevoked);
    }

    [Fact]
    public void AddPassKey_IsRefused_ForAThirdPhone_UntilOneIsRevoked()
    {
        var first = hall.Grain.When(Add()).IsAccepted<Created<CredentialTag>>().Id;
        hall.Grain.When(Add(new string('B', 86))).Tells<PassKeyAdded>();
        hall.Grain.When(Add(new string('C', 86))).IsRefused(MemberRefusal.TooManyPassKeys);
        hall.Grain.When(new RevokePassKey(Hall.Member, first)).Tells<PassKeyRevoked>();
        hall.Grain.When(Add(new string('C', 86))).Tells<PassKeyAdded>();
    }

    [Fact]
    public void AddPassKey_GivesTheSameId_ForTheSameKey()
    {
        var first = hall.Grain.When(Add()).IsAccepted<Created<CredentialTag>>();
        var again = hall.Grain.When(Add());
        Assert.Equal(first, again.IsAccepted<Created<CredentialTag>>());
        again.TellsNothing();
    }

    [Fact]
    public void RevokePassKey_ActsOnce_AndKnowsOnlyThisMembersKeys()
    {
        hall.Grain.When(new RevokePassKey(Hall.Member, Hall.Badge)).IsRefused(MemberRefusal.UnknownPassKey);
        var id = hall.Grain.When(Add()).IsAccepted<Created<CredentialTag>>().Id;
        hall.Grain.When(new RevokePassKey(Hall.Member, id)).Tells<PassKeyRevoked>();
        hall.Grain.When(new RevokePassKey(Hall.Member, id)).TellsNothing();
    }

    [Fact]
    public void Pass_OpensOneDoorOnce()
    {
        var phone = Phone();
        var first = Show(phone, 7, hall.Gate);
        Assert.True(first.IsAcceptedGrant());
        Assert.Equal(7, first.Tells<PassConsumed>().Nonce);
        Assert.Equal(AccessReason.PassUsed, Reason(Show(phone, 7, hall.PoolGate)));
        Assert.True(Show(phone, 8, hall.PoolGate).IsAcceptedGrant());
    }

    [Fact]
    public void Pass_IsUsedUp_AlsoByARefusalAndOnTheWayOut()
    {
        var phone = Phone();
        hall.Grain.When(new SuspendMember(Hall.Member, null)).IsAccepted<MemberStanding>();
        Assert.Equal(AccessReason.Suspended, Reason(Show(phone, 1)));
        Assert.Equal(AccessReason.PassUsed, Reason(Show(phone, 1)));
        Show(phone, 2, direction: Direction.Out).Tells<PassConsumed>();
        Assert.Equal(AccessReason.PassUsed, Reason(Show(phone, 2)));
    }

    [Fact]
    public void Pass_ThatWasUsed_LetsOut() => Assert.True(new[] { 1, 2 }.All(_ =>
        Show(Phone(), 3, direction: Direction.Out).IsAcceptedGrant()));

    [Fact]
    public void Pass_OfAPhoneThatWasRevoked_IsRevoked()
    {
        var phone = Phone();
        hall.Grain.When(new RevokePassKey(Hall.Member, phone)).Tells<PassKeyRevoked>();
        Assert.Equal(AccessReason.Revoked, Reason(Show(phone, 1)));
    }

    [Fact]
    public void Pass_ThatIsNotGood_IsNotUsedUp()
    {
        var phone = Phone();
        Assert.Equal(AccessReason.PassExpired, Reason(Show(phone, 1, verdict: PassVerdict.Expired)));
        Assert.True(Show(phone, 1).IsAcceptedGrant());
    }

    [Fact]
    public void UsedPass_StaysUsed_WhenTheClockIsSetBack_AndItIsForgotten()
    {
        var phone = Phone();
        var began = hall.Grain.Now;
        Assert.True(Show(phone, 1).IsAcceptedGrant());
        hall.Later(600);
        Assert.True(Show(phone, 2).IsAcceptedGrant());
        Assert.Single(hall.State.ConsumedPasses);
        hall.At(began);
        Assert.Equal(AccessReason.PassUsed, Reason(Show(phone, 1)));
    }

    [Fact]
    public void UsedPasses_AreBounded_AndNoneIsGoodAgain()
    {
        var phone = Phone();
        for (var nonce = 0; nonce < Limits.PassUsesKept + 10; nonce++)
        {
            Show(phone, nonce);
        }

        Assert.Equal(Limits.PassUsesKept, hall.State.ConsumedPasses.Length);
        for (var nonce = 0; nonce < Limits.PassUsesKept + 10; nonce++)
        {
            Assert.Equal(AccessReason.PassUsed, Reason(Show(phone, nonce)));
        }
    }

    [Fact]
    public void PassThatWaitsForAPlace_IsUsedUpMeanwhile()
    {
        var full = new Hall(AntiPassback.Off, capacity: 1).With();
        var phone = full.Grain.When(Add()).IsAccepted<Created<CredentialTag>>().Id;
        (full.Grain.Pass, full.Grain.PassUse) = (PassVerdict.Good, new PassUse(5, full.Grain.Now.ToUnixTimeSeconds()));
        var asked = full.Scan(badge: phone);
        Assert.Null(asked.Answer);
        asked.Tells<PassConsumed>();
        Assert.Equal(AccessReason.PassUsed, Reason(full.Scan(gate: full.PoolGate, badge: phone)));
    }

    private static AddPassKey Add(string? key = null) =>
        new(Hall.Member, key ?? Key, "Tecno Spark", new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero));

    private static AccessReason Reason(Decision decision) => decision.IsAccepted<AccessAnswer>().Reason;

    private CredentialId Phone() => hall.Grain.When(Add()).IsAccepted<Created<CredentialTag>>().Id;

    private Decision Show(
        CredentialId phone, long nonce, GateFacts? gate = null, Direction direction = Direction.In,
        PassVerdict verdict = PassVerdict.Good)
    {
        hall.Grain.Pass = verdict;
        hall.Grain.PassUse = new PassUse(nonce, hall.Grain.Now.ToUnixTimeSeconds());
        return hall.Scan(direction, gate, badge: phone);
    }
}
