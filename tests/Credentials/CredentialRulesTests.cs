using SmartClub.Grains.Credentials;
using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Credentials;

public sealed class CredentialRulesTests
{
    private readonly Given<CredentialState> credential = new(CredentialsModule.Module.Grains[0]);

    [Fact]
    public void Claim_IsTheFirsts_ForGood()
    {
        var key = Town.Id<CredentialKeyTag>("key");
        var ann = new ClaimCredential(key, Town.Id<MemberTag>("ann"), Town.Id<CredentialTag>("1"));
        credential.When(ann).Tells<CredentialClaimed>();
        Assert.Equal((ann.MemberId, ann.CredentialId), (credential.State.Owner, credential.State.CredentialId));
        credential.When(ann with { MemberId = Town.Id<MemberTag>("ben") })
            .IsRefused(CredentialRefusal.CredentialInUse);
        credential.When(ann with { CredentialId = Town.Id<CredentialTag>("2") })
            .IsRefused(CredentialRefusal.CredentialInUse);
    }

    [Fact]
    public void Release_IsTheOwnersAlone_AndFreesItForOthers()
    {
        var key = Town.Id<CredentialKeyTag>("key");
        var (ann, ben, badge) = (Town.Id<MemberTag>("ann"), Town.Id<MemberTag>("ben"), Town.Id<CredentialTag>("1"));
        credential.When(new ReleaseCredential(key, ann, badge)).TellsNothing();
        credential.When(new ClaimCredential(key, ann, badge));
        credential.When(new ReleaseCredential(key, ben, badge)).TellsNothing();
        credential.When(new ReleaseCredential(key, ann, Town.Id<CredentialTag>("2"))).TellsNothing();
        credential.When(new ReleaseCredential(key, ann, badge)).Tells<CredentialReleased>();
        credential.When(new ClaimCredential(key, ben, badge)).Tells<CredentialClaimed>();
        Assert.Equal(ben, credential.State.Owner);
    }
}
