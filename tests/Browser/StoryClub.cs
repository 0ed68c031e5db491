using System.Text.Json;
using SmartClub.Devices;
using SmartClub.Devices.Club;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;
using SmartClub.Devices.Staff;
using SmartClub.Silo;
using SmartClub.Tests.Support;
using FirstLogin = SmartClub.Devices.Staff.FirstLogin;

namespace SmartClub.Tests.Browser;

/// <summary>The real program with its web app, and the demo's club that uses it over HTTP.</summary>
internal sealed class StoryClub : IAsyncDisposable
{
    /// <summary>What the club is called.</summary>
    public const string Name = "Forme & Équilibre";

    private const int Members = 140;
    private const int Seed = 2015;
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-test-").FullName;
    private readonly CancellationTokenSource stop = new();
    private readonly TestDatabase database;
    private readonly ShiftedTime clock;
    private readonly Output silent = new(TextWriter.Null, TextWriter.Null);
    private readonly ClubState state;
    private readonly HttpClient http = new();
    private HttpSilo? silo;
    private int port;
    private StaffClient? staff;
    private GateFleet? gates;
    private Task running = Task.CompletedTask;

    private StoryClub(TestDatabase database, ShiftedTime clock)
    {
        this.database = database;
        this.clock = clock;
        state = ClubState.Open(Path.Combine(folder, "doors"));
    }

    public Uri Address => new($"http://127.0.0.1:{port}");

    public FirstLogin Login { get; private set; } = null!;

    public string Code => Totp.Code(Totp.DecodeSecret(Login.TotpSecret), clock.GetUtcNow());

    public IReadOnlyList<MemberPlan> People { get; private set; } = [];

    public GateFleet Gates => gates!;

    public static async Task<StoryClub> Create(ShiftedTime clock)
    {
        var club = new StoryClub(await TestDatabase.Create(), clock);
        await club.Start();
        club.Login = FirstLogin.Load(Path.Combine(club.folder, "first-login.json"));
        club.http.BaseAddress = club.Address;
        return club;
    }

    /// <summary>Starts a silo; after a stop it listens where the one before did.</summary>
    public async Task Start()
    {
        var settings = new SiloSettings(database.Uri(), folder, port, Tree.WebApp, null, null, Name);
        silo = await HttpSilo.Launch(settings, clock);
        await silo.Host.Active.Happens("the silo becomes active");
        port = silo.Address.Port;
    }

    public async Task Stop()
    {
        await silo!.DisposeAsync();
        silo = null;
    }

    /// <summary>Sets up the club through the staff API; its doors begin to give signs of life.</summary>
    public async Task Found()
    {
        staff = new StaffClient(http, Login, state.TokenPath, clock);
        var builder = new ClubBuilder(staff, state, ArrivalTable.Embedded(), silent, clock);
        var club = await builder.Ensure(Members, Seed, stop.Token).Happens("the club is set up");
        People = club.Members;
        gates = GateFleet.Open(http, club, state.GatesFolder, new RetryPolicy(), silent, clock);
        running = gates.Run(stop.Token);
    }

    /// <summary>What the page would be given now.</summary>
    public Task<JsonElement> Live() =>
        staff!.Get<JsonElement>("/api/live", stop.Token).Happens("the live page is read");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).Happens("the doors fall silent");
        gates?.Dispose();
        staff?.Dispose();
        http.Dispose();
        state.Dispose();
        if (silo is not null)
        {
            await Stop();
        }

        await database.DisposeAsync();
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
