using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>Who is invited to work at a club gets a mail with the link that was shown to who invited.</summary>
public sealed class InvitationMailTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    [Fact]
    public async Task Invitation_GoesOutByMail_AndAnotherLinkAsWell()
    {
        var (email, invited) = await staff.Invite(new { role = "desk" });
        var mail = await Arrived(email, 1).Happens("the mail arrives");
        Assert.Contains(invited["link"].Split('#')[1], mail["text"], StringComparison.Ordinal);
        Assert.Contains("https://club.example/invitation#", mail["text"], StringComparison.Ordinal);
        Assert.StartsWith("Votre accès à", mail["subject"], StringComparison.Ordinal);

        var again = (await club.Admin.Post(
            $"/api/staff/{invited["id"]}/invitation", null, ("Accept-Language", "en"))).Ok();
        mail = await Arrived(email, 2).Happens("the second mail arrives");
        Assert.StartsWith("Your access to", mail["subject"], StringComparison.Ordinal);
        var token = again["link"].Split('#')[1];
        Assert.Contains(token, mail["text"], StringComparison.Ordinal);
        (await club.Stranger.Post("/api/invitations/accept", new { token, password = StaffSteps.Password })).Ok();
    }

    [Fact]
    public async Task LinkOfAColleague_IsReadByNobody_WhoMayDoLess()
    {
        var (email, _) = await staff.Invite(new { role = "administrator" });
        await Arrived(email, 1).Happens("the mail arrives");
        var id = (await club.Mails(email))[0];
        var manager = await staff.Join(new { role = "manager" });
        Assert.Contains((await manager.Get("/api/outbox")).Ok().Items, m => m.GetProperty("id").GetString() == id);
        (await manager.Get($"/api/outbox/{id}")).Refused(404, "not_found");
    }

    private async Task<Reply> Arrived(string email, int count)
    {
        while (true)
        {
            if (await club.Mails(email) is var mails && mails.Count >= count)
            {
                return (await club.Admin.Get($"/api/outbox/{mails[0]}")).Ok();
            }
        }
    }
}
