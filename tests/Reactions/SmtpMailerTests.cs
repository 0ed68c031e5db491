using Microsoft.Extensions.Logging.Abstractions;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Reactions;
using SmartClub.Tests.Http;
using SmartClub.Tests.Model;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Reactions;

/// <summary>Mails on the wire, and what becomes of them.</summary>
public sealed class SmtpMailerTests : IDisposable
{
    private readonly MailServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Mail_IsTaken_WithBothForms_AndANameOfItsOwn()
    {
        Assert.Equal(new MailOutcome(MessageResult.Sent, null), await Send("ruth@example.org"));
        var mail = Assert.Single(server.Mails);
        Assert.Contains($"Message-ID: <{Town.Id<MessageTag>("mail")}@example.org>", mail, StringComparison.Ordinal);
        Assert.Contains("text/plain", mail, StringComparison.Ordinal);
        Assert.Contains("text/html", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 no such mailbox", MessageResult.Never, "refused_550")]
    [InlineData("451 later", MessageResult.NotNow, "deferred_451")]
    [InlineData("450 busy", MessageResult.NotNow, "deferred_450")]
    public async Task ServerThatSaysNo_HasNotTakenTheMail(string says, MessageResult result, string code)
    {
        server.Recipient = says;
        Assert.Equal(new MailOutcome(result, code), await Send("ruth@example.org"));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task ServerThatIsNotThere_HasNotTakenTheMail()
    {
        server.Dispose();
        Assert.Equal(new MailOutcome(MessageResult.NotNow, "server_unreachable"), await Send("ruth@example.org"));
    }

    [Fact]
    public async Task ServerThatBreaksOff_LeavesItOpen()
    {
        server.BreaksOff = true;
        Assert.Equal(MessageResult.Unknown, (await Send("ruth@example.org")).Result);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task AddressThatIsNone_IsNeverSentTo() =>
        Assert.Equal(new MailOutcome(MessageResult.Never, "bad_address"), await Send("no address"));

    [Theory]
    [InlineData("http://mail.example?from=a@b.c")]
    [InlineData("smtp://mail.example")]
    [InlineData("smtp://mail.example?from=a@b.c&tls=off")]
    [InlineData("mail.example")]
    public void Address_ThatCannotBeUsed_IsRefused_WithoutItsSecret(string address) => Assert.DoesNotContain(
        "mail.example?", Assert.Throws<RefusesToRunException>(() => SmtpServer.Parse(address)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Address_IsReadWithItsLogIn() => Assert.Equal(
        new SmtpServer("mail.example", 2525, "club@example", "p@ss", "club@example.org", true),
        SmtpServer.Parse("smtp://club%40example:p%40ss@mail.example:2525?from=club@example.org"));

    [Fact]
    public async Task Club_SendsThroughItsServer_AndShowsStaffNoCodes()
    {
        var club = new HttpClub { Smtp = server.Address };
        await club.InitializeAsync();
        try
        {
            var (_, address) = await club.MemberWithAddress();
            server.Recipient = "451 later";
            (await club.Stranger.Post("/api/me/sign-in", new { email = address })).Ok();
            var stuck = await Last("delayed").Happens("the mail is delayed");
            Assert.Equal("deferred_451", stuck.GetProperty("code").GetString());
            var id = stuck.GetProperty("id").GetString();
            server.Recipient = "250 ok";
            (await club.Admin.Post($"/api/outbox/{id}/resend")).Ok();
            await Last("sent").Happens("the mail is sent");
            Assert.Contains("https://club.example/app/sign-in", Decoded(), StringComparison.Ordinal);
            (await club.Admin.Get($"/api/outbox/{id}")).Refused(404, "not_found");
            (await club.Admin.Post($"/api/outbox/{id}/resend")).Refused(409, "message_not_due");
        }
        finally
        {
            await club.DisposeAsync();
        }

        async Task<System.Text.Json.JsonElement> Last(string status)
        {
            while (true)
            {
                if ((await club.Admin.Get("/api/outbox")).Ok().Items is [var last, ..]
                    && last.GetProperty("status").GetString() == status)
                {
                    return last;
                }
            }
        }
    }

    // The wire form is base 64 or quoted, part by part; lines that are neither are left as they are.
    private string Decoded() => string.Concat(server.Mails.Single().Split("\n\n").Select(part =>
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(
                Convert.FromBase64String(part.Split("\n--")[0].Replace("\n", "", StringComparison.Ordinal)));
        }
        catch (FormatException)
        {
            return part;
        }
    }));

    private Task<MailOutcome> Send(string to) => new SmtpMailer(
        SmtpServer.Parse(server.Address),
        new SiloSettings("", "", 0, null, null, null, "Forme & Équilibre"),
        NullLogger<SmtpMailer>.Instance).Send(
            new Mail(Town.Id<MessageTag>("mail"), to, "Votre code", "Bonjour é", "<p>Bonjour é</p>", "fr"), default);
}
