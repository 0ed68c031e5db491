using SmartClub.Tests.Http;

namespace SmartClub.Tests.Browser;

/// <summary>A session that was opened elsewhere, for stories that are not about the log-in.</summary>
internal static class BrowserSession
{
    /// <summary>The first administrator is signed in.</summary>
    public static async Task SignInAdmin(this Screen screen, HttpClub club) =>
        await screen.Take(club, (await club.LogIn(club.FirstLogin)).Ok());

    /// <summary>Whoever this answer was given to is signed in.</summary>
    public static Task Take(this Screen screen, HttpClub club, Reply login) => screen.Context.AddCookiesAsync(
    [
        new()
        {
            Name = Silo.Gateway.Access.SignedIn.Cookie,
            Value = login["accessToken"],
            Url = club.Silo.Address.ToString(),
        },
    ]);
}
