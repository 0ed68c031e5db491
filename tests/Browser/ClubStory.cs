using Microsoft.Playwright;
using SmartClub.Tests.Http;

namespace SmartClub.Tests.Browser;

/// <summary>A story that is played in one browser at an empty club, whose doors the story itself holds.</summary>
public abstract class ClubStory : IAsyncLifetime
{
    private protected HttpClub Club { get; private set; } = null!;

    private protected Screen Screen { get; private set; } = null!;

    private protected IPage Page => Screen.Page;

    /// <summary>How mails go out; null: into the folder that stands in for a mail server.</summary>
    private protected virtual string? Smtp => null;

    public async Task InitializeAsync()
    {
        Club = new HttpClub { WebApp = Tree.WebApp, Smtp = Smtp };
        await Club.InitializeAsync();
        Screen = await Screen.Open(Club.Silo.Address);
        await Prepare();
    }

    public async Task DisposeAsync()
    {
        if (Screen is not null)
        {
            await Screen.DisposeAsync();
        }

        await Club.DisposeAsync();
    }

    /// <summary>What is so before the story begins.</summary>
    private protected virtual Task Prepare() => Task.CompletedTask;
}
