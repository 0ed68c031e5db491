using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartClub.Devices.Club;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;
using SmartClub.Devices.Staff;

namespace SmartClub.Devices.Verbs;

/// <summary>What demo and replay share: the state folder, a signed-in client, the club, its gates.</summary>
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
        var login = FirstLogin.Load(arguments.Required("login"));
        var members = arguments.Whole("members", MembersDefault, 1, 50_000);
        var seed = arguments.Whole("seed", SeedDefault, 0, int.MaxValue);
        var http = MakeHttp(arguments);
        var state = ClubState.Open(arguments.Required("state"));
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

    public static HttpClient MakeHttp(Arguments arguments, int connectionsMax = 64)
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connectionsMax,
            // Another machine may take over behind the same name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseCookies = false,
        };
        if (arguments.Text("trust") is { } certificate)
        {
            handler.SslOptions.CertificateChainPolicy = TrustOnly(certificate);
        }

        var urls = arguments.Urls();
        return new HttpClient(new SiloAddresses(urls, handler))
        {
            BaseAddress = urls[0],
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A club without a name of its own has a certificate that nobody else vouches for.</summary>
    public static X509ChainPolicy TrustOnly(string path)
    {
        try
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(path);
            return policy;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new DeviceException($"The certificate {path} cannot be read.", fault);
        }
    }

    public void Dispose()
    {
        Gates.Dispose();
        Staff.Dispose();
        Http.Dispose();
        State.Dispose();
    }
}
