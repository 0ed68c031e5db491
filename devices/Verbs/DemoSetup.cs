using SmartClub.Devices.Club;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;
using SmartClub.Devices.Staff;

namespace SmartClub.Devices.Verbs;

/// <summary>What demo, replay and check share: the state folder, a signed-in client, the club, its gates.</summary>
public sealed class DemoSetup : IDisposable
{
    public const int MembersDefault = 400;
    public const int SeedDefault = 2015;

    private DemoSetup(
        ClubState state, HttpClient http, StaffClient staff, DemoClub club, GateFleet gates, ArrivalTable table)
    {
        State = state;
        Http = http;
        Staff = staff;
        Club = club;
        Gates = gates;
        Table = table;
    }

    public ClubState State { get; }

    public StaffClient Staff { get; }

    public DemoClub Club { get; }

    public GateFleet Gates { get; }

    public ArrivalTable Table { get; }

    private HttpClient Http { get; }

    public static async Task<DemoSetup> Open(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        var url = arguments.Url();
        var login = FirstLogin.Load(arguments.Required("login"));
        var members = arguments.Whole("members", MembersDefault, 1, 50_000);
        var seed = arguments.Whole("seed", SeedDefault, 0, int.MaxValue);
        var state = ClubState.Open(arguments.Required("state"));
        var http = MakeHttp(url);
        try
        {
            var table = ArrivalTable.Embedded();
            var staff = new StaffClient(http, login, state.TokenPath, clock);
            var club = await new ClubBuilder(staff, state, table, output, clock).Ensure(members, seed, stop);
            var gates = GateFleet.Open(http, club, state.GatesFolder, new RetryPolicy(), output, clock);
            return new DemoSetup(state, http, staff, club, gates, table);
        }
        catch
        {
            http.Dispose();
            state.Dispose();
            throw;
        }
    }

    public static HttpClient MakeHttp(Uri url, int connectionsMax = 64) =>
        new(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connectionsMax,
            // A standby may take over behind the same name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseCookies = false,
        })
        {
            BaseAddress = url,
            Timeout = Timeout.InfiniteTimeSpan,
        };

    public void Dispose()
    {
        Gates.Dispose();
        Staff.Dispose();
        Http.Dispose();
        State.Dispose();
    }
}
