using Microsoft.Playwright;
using SmartClub.Tests.Http;
using SmartClub.Tests.Reactions;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>The outbox with a mail server that takes, puts off, refuses and falls silent.</summary>
public sealed class OutboxStoryTests : ClubStory, IDisposable
{
    private readonly MailServer server = new();
    private StaffSteps staff = null!;

    private ILocator Outbox => Page.GetByTestId("outbox");

    private ILocator Rows => Outbox.GetByRole(AriaRole.Listitem);

    private protected override string? Smtp => server.Address;

    private protected override async Task Prepare()
    {
        staff = new StaffSteps(Club);
        await Screen.SignInAdmin(Club);
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Outbox_SaysWhereEachMailStands_AndSendsItAgain()
    {
        await NothingYet();
        await EveryEndOfAMail();
        await OneGoesAgain();
        await Many();
        Assert.Equal("", string.Join("\n", Screen.TakeComplaints()));
    }

    private async Task NothingYet()
    {
        await Page.GotoAsync("/settings/outbox");
        await Expect(Outbox.GetByText("Aucun mail pour l’instant")).ToBeVisibleAsync();
        await Screen.Examine("outbox-empty");
    }

    private async Task EveryEndOfAMail()
    {
        await Goes("250 ok", "Envoyé");
        await Goes("550 no such mailbox", "Abandonné");
        await Expect(Rows.First).ToContainTextAsync("Vérifiez l’adresse");
        server.BreaksOff = true;
        await Goes("250 ok", "Incertain");
        server.BreaksOff = false;
        await Expect(Rows.First).ToContainTextAsync("peut-être parti");
        await Goes("451 later", "Retardé");
        await Expect(Rows.First).ToContainTextAsync("Prochain essai");

        // What a mail server has been given is nobody else's to read.
        await Expect(Outbox.GetByRole(AriaRole.Button, new() { NameRegex = new("^Lire") })).ToHaveCountAsync(0);
        await Expect(Outbox.GetByRole(AriaRole.Button, new() { NameRegex = new("^Renvoyer") })).ToHaveCountAsync(3);
        await Screen.Examine("outbox-stuck");
        await OnAPhone("outbox-stuck-phone");
    }

    private async Task OneGoesAgain()
    {
        var unknown = Rows.Filter(new() { HasText = "peut-être parti" });
        var to = await unknown.GetByRole(AriaRole.Button).GetAttributeAsync("aria-label");
        server.Recipient = "250 ok";
        await unknown.GetByRole(AriaRole.Button).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(unknown).ToHaveCountAsync(0);
        var again = Rows.Filter(new() { HasText = to!["Renvoyer à ".Length..] });
        await Expect(again.GetByText("Envoyé", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(2, server.Mails.Count(m => m.Contains(to["Renvoyer à ".Length..], StringComparison.Ordinal)));
    }

    private async Task Many()
    {
        for (var i = 0; i < 30; i++)
        {
            await staff.Invite(new { role = "desk" });
        }

        await Page.ReloadAsync();
        await Expect(Rows).ToHaveCountAsync(34);
        await Expect(Rows.Nth(29).GetByText("Envoyé", new() { Exact = true })).ToBeVisibleAsync();
        await Screen.Examine("outbox-many");
        await OnAPhone("outbox-many-phone");
    }

    private async Task Goes(string answer, string state)
    {
        server.Recipient = answer;
        var (email, _) = await staff.Invite(new { role = "desk" });
        await Expect(Rows.First).ToContainTextAsync(email);
        await Expect(Rows.First.GetByText(state, new() { Exact = true })).ToBeVisibleAsync();
    }

    private async Task OnAPhone(string state)
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine(state);
        await Page.SetViewportSizeAsync(1440, 900);
    }
}
