using System.Text.Json;
using SmartClub.Devices.Staff;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using FirstLogin = SmartClub.Silo.Gateway.FirstLogin;

namespace SmartClub.Tests.Http;

/// <summary>
/// A club with its database, data folder and the silo that runs it, shared by the tests of a class. Tests make the
/// sites, doors and members they need, so that they do not meet each other.
/// </summary>
public sealed class HttpClub : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-test-").FullName;
    private readonly HashSet<string> codes = [];
    private int numbers;

    /// <summary>What the club is called.</summary>
    internal const string Name = "Forme & Équilibre";

    internal string Folder => folder;

    internal ShiftedTime Clock { get; } = new();

    /// <summary>The web app to serve; null: none.</summary>
    internal string? WebApp { get; init; }

    /// <summary>How mails go out; null: into the folder that stands in for a mail server.</summary>
    internal string? Smtp { get; init; }

    internal TestDatabase Database { get; private set; } = null!;

    internal HttpSilo Silo { get; private set; } = null!;

    /// <summary>The administrator, signed in with a bearer token.</summary>
    internal Api Admin { get; private set; } = null!;

    /// <summary>Nobody.</summary>
    internal Api Stranger { get; private set; } = null!;

    internal FirstLogin FirstLogin { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.Create();
        Stranger = new Api(() => Silo.Http, null);
        await Start();
        FirstLogin = JsonSerializer.Deserialize<FirstLogin>(
            await File.ReadAllBytesAsync(Path.Combine(folder, "first-login.json")), JsonSerializerOptions.Web)!;
        await SignInAdmin();
    }

    public async Task DisposeAsync()
    {
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }

        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A number that no other test of this club uses.</summary>
    internal int Number() => Interlocked.Increment(ref numbers);

    internal async Task SignInAdmin() => Admin = await SignIn(FirstLogin);

    /// <summary>Signs in as a browser or a program would, and goes on as a program.</summary>
    internal async Task<Api> SignIn(FirstLogin login)
    {
        var answer = await LogIn(login);
        Assert.Equal(200, answer.Status);
        return new Api(() => Silo.Http, answer.Body.GetProperty("accessToken").GetString());
    }

    internal Task<Reply> LogIn(FirstLogin login)
    {
        // Codes count once: who signs in again waits until the next one is shown.
        var wait = Passwords.NextCode(Clock.GetUtcNow());
        if (!codes.Add(Code(login)))
        {
            Clock.MoveTo(Clock.GetUtcNow() + wait);
            codes.Add(Code(login));
        }

        return LogIn(login, Code(login));
    }

    internal Task<Reply> LogIn(FirstLogin login, string code) =>
        Stranger.Post("/api/auth/login", new { email = login.Email, password = login.Password, code });

    /// <summary>The one-time code of now.</summary>
    internal string Code(FirstLogin login) => Totp.Code(
        Totp.DecodeSecret(login.TotpSecret), Clock.GetUtcNow());

    /// <summary>Gives somebody an account, as the club's set-up does.</summary>
    internal async Task<FirstLogin> Account(StaffRole role)
    {
        var login = new FirstLogin(
            $"staff{Number()}@club.local", Passwords.Random(12), Passwords.NewTotpSecret());
        var hash = Silo.Get<Passwords>().Hash(login.Password);
        var create = new CreateStaff(
            StaffIds.Of(Silo.Get<ClubKeys>(), login.Email), login.Email, "Grace Ilunga", hash, login.TotpSecret, role);
        var made = await Silo.Get<IGrains>().Send(create, new Envelope(CommandIds.New(), Caller.System));
        Assert.Null(made.Answer.Refusal);
        return login;
    }

    /// <summary>The silo goes and another one comes, on the same database and folder.</summary>
    internal async Task Restart()
    {
        await Silo.DisposeAsync();
        await Start();
    }

    /// <summary>
    /// The silo loses all it has of the database in the middle of whatever it does, says no more, and another comes.
    /// </summary>
    internal async Task Kill()
    {
        await Database.Run(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            + "where datname = current_database() and pid <> pg_backend_pid()");
        await Restart();
    }

    /// <summary>The silo goes and one that stood by takes over.</summary>
    internal async Task TakeOver(HttpSilo standby)
    {
        await Silo.DisposeAsync();
        Silo = standby;
        await Silo.Host.Active.Happens("the standby becomes active");
    }

    /// <summary>Another silo of this club, which has to wait.</summary>
    internal Task<HttpSilo> Standby() => HttpSilo.Launch(Settings, Clock);

    internal Task<CommitHold> HoldCommits() => CommitHold.Take(Database);

    private SiloSettings Settings =>
        new(Database.Uri(), folder, 0, WebApp, null, null, Name, "https://club.example", Smtp);

    private async Task Start()
    {
        Silo = await HttpSilo.Launch(Settings, Clock);
        await Silo.Host.Active.Happens("the silo becomes active");
    }
}
