using Microsoft.Playwright;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>
/// A story that is played in one browser at the real program, from some moment on; the browser knows the program by
/// a host name of its choice.
/// </summary>
public abstract class BrowserStory(DateTimeOffset? begins = null, string host = "127.0.0.1") : IAsyncLifetime
{
    private protected ShiftedTime Clock { get; } = new(begins);

    private protected StoryClub Club { get; private set; } = null!;

    private protected Doors Doors { get; private set; } = null!;

    private protected Screen Screen { get; private set; } = null!;

    private protected IPage Page => Screen.Page;

    public async Task InitializeAsync()
    {
        Club = await StoryClub.Create(Clock);
        Doors = new Doors(Club, Clock);
        Screen = await Screen.Open(new UriBuilder(Club.Address) { Host = host }.Uri);
    }

    public async Task DisposeAsync()
    {
        if (Screen is not null)
        {
            await Screen.DisposeAsync();
        }

        if (Club is not null)
        {
            await Club.DisposeAsync();
        }
    }

    /// <summary>Signs the first administrator in, who then is where they wanted to go.</summary>
    private protected async Task SignIn(string address)
    {
        await Page.GotoAsync(address);
        await Page.GetByLabel("Adresse e-mail").FillAsync(Club.Login.Email);
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Club.Login.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByLabel("Code à six chiffres").FillAsync(Club.Code);
        await Expect(Page.GetByTestId("person")).ToBeVisibleAsync();

        // The browser itself writes down that nobody was signed in, and that the password alone was not enough.
        Screen.TakeComplaints();
    }
}
