using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using SmartClub.Grains;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Tests.Http;

/// <summary>Who may call what: every endpoint of the real program, none left out.</summary>
public sealed partial class EndpointRightsTests(HttpClub club) : IClassFixture<HttpClub>
{
    // A new line here opens something to the whole world.
    private static readonly string[] OpenToAnyone =
    [
        "/health/live", "/health/ready", "/openapi/v1.json", "/api/auth/login", "/api/club",
        "/api/auth/passkey", "/api/auth/passkey/question",
        "/api/invitations/look", "/api/invitations/accept",
        "/api/gates/enrol",
        "/api/me/sign-in", "/api/me/session",
    ];

    // Tests call from this machine; this is how somebody far away comes through a proxy on it.
    private static readonly (string, string) FromAfar = ("X-Forwarded-For", "203.0.113.7");

    [Fact]
    public void Endpoint_DeclaresExactlyOneRight() => Assert.All(club.Silo.Endpoints, endpoint =>
        Assert.True(endpoint.Metadata.OfType<EndpointRight>().Count() == 1, endpoint.DisplayName));

    [Fact]
    public void Endpoint_IsOpenToAnyone_OnlyWhenListed() => Assert.Equal(
        OpenToAnyone.Order(StringComparer.Ordinal),
        club.Silo.Endpoints.Where(e => e.Metadata.GetMetadata<EndpointRight>() is EndpointRight.Anyone)
            .Select(Path).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Endpoint_IsForGates_ExactlyWhenItIsOfTheirProtocol() => Assert.All(club.Silo.Endpoints, endpoint =>
        Assert.Equal(
            Path(endpoint).StartsWith("/api/gates/v1/", StringComparison.Ordinal)
                || Path(endpoint).StartsWith("/hubs/gates", StringComparison.Ordinal),
            endpoint.Metadata.GetMetadata<EndpointRight>() is EndpointRight.Device));

    [Fact]
    public void Endpoint_IsForMembers_ExactlyWhenItIsTheirs() => Assert.All(club.Silo.Endpoints, endpoint =>
        Assert.Equal(
            (Path(endpoint) + "/").StartsWith("/api/me/", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<EndpointRight>() is not EndpointRight.Anyone,
            endpoint.Metadata.GetMetadata<EndpointRight>() is EndpointRight.Member));

    [Fact]
    public async Task MemberEndpoint_IsClosed_ToWhoIsNotSignedIn_AndToStaff()
    {
        var mine = club.Silo.Endpoints.Where(e => e.Metadata.GetMetadata<EndpointRight>() is EndpointRight.Member)
            .ToList();
        Assert.NotEmpty(mine);
        foreach (var endpoint in mine)
        {
            var method = new HttpMethod(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single());
            var path = Parameter().Replace(Path(endpoint), "x");
            (await club.Stranger.Send(new HttpRequestMessage(method, path))).Refused(401, "not_signed_in");
            (await club.Admin.Send(new HttpRequestMessage(method, path))).Refused(401, "not_signed_in");
        }
    }

    [Fact]
    public async Task StaffEndpoint_IsClosed_ToWhoIsNotSignedIn()
    {
        var forged = new Api(() => club.Silo.Http, SignedIn.NewToken());
        foreach (var (method, path, _) in Staff())
        {
            (await club.Stranger.Send(new HttpRequestMessage(method, path), FromAfar)).Refused(401, "not_signed_in");
            (await forged.Send(new HttpRequestMessage(method, path), FromAfar)).Refused(401, "not_signed_in");
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "club.example")]
    [InlineData("Host", "localhost.example")]
    public async Task Metrics_AreForThisMachine_AndForWhoMayReadThem(string header, string value)
    {
        Assert.Equal(
            ["/health/backup", "/metrics"],
            club.Silo.Endpoints.Where(e => e.Metadata.GetMetadata<EndpointRight>() is EndpointRight.StaffOrMachine)
                .Select(Path).Order(StringComparer.Ordinal));
        (await club.Stranger.Get("/metrics")).Ok();
        (await club.Stranger.Get("/metrics", ("Host", "[::1]:8080"))).Ok();
        (await club.Stranger.Get("/metrics", (header, value))).Refused(401, "not_signed_in");
        (await club.Admin.Get("/metrics", (header, value))).Ok();
    }

    [Fact]
    public async Task Metrics_AreNotForTheProxyOnThisMachine()
    {
        using var proxied = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = club.Silo.Address,
        };

        (await new Api(() => proxied, null).Get("/metrics")).Refused(401, "not_signed_in");
        (await new Api(() => proxied, club.Admin.Token).Get("/metrics")).Ok();
    }

    [Fact]
    public async Task StaffEndpoint_IsClosed_ToARoleWithoutItsRight()
    {
        var reception = await club.SignIn(await club.Account(StaffRole.Reception));
        var denied = 0;
        foreach (var (method, path, right) in Staff().Where(e => !e.Path.EndsWith("/logout", StringComparison.Ordinal)))
        {
            var answer = await reception.Send(new HttpRequestMessage(method, path), FromAfar);
            if (RoleRights.Allows(StaffRole.Reception, right))
            {
                Assert.False(answer.Status is 401 or 403, $"{method} {path}: {answer.Status}");
                continue;
            }

            answer.Refused(403, "forbidden");
            denied++;
        }

        Assert.True(denied > 5, "Reception should be kept from setting up the club.");
    }

    [Fact]
    public void Roles_HaveTheRightsThatTheyNeed()
    {
        Assert.All(Rights.All, right => Assert.True(RoleRights.Allows(StaffRole.Administrator, right)));
        string[] desk =
        [
            Rights.MembersWrite, Rights.MembersRead, Rights.MembersSuspend, Rights.MembershipsWrite,
            Rights.CredentialsWrite, Rights.LiveRead, Rights.GatesCommand, Rights.AlertsRead, Rights.AlertsHandle,
            Rights.Evacuate, Rights.LockDown, Rights.Account,
        ];
        Assert.Equal(desk, Rights.All.Where(right => RoleRights.Allows(StaffRole.Desk, right)));
        Assert.Equal(desk, Rights.All.Where(right => RoleRights.Allows(StaffRole.Reception, right)));
        Assert.Equal(
            [Rights.MembersRead, Rights.MembershipsWrite, Rights.LiveRead, Rights.Account],
            Rights.All.Where(right => RoleRights.Allows(StaffRole.Cashier, right)));
        Assert.Equal(
            [Rights.StaffWrite, Rights.StaffViewAs, Rights.MetricsRead],
            Rights.All.Where(right => !RoleRights.Allows(StaffRole.Manager, right)));
        Assert.All(Rights.All, right => Assert.False(RoleRights.Allows((StaffRole)99, right)));
        Assert.All(Staff(), endpoint => Assert.Contains(endpoint.Right, Rights.All));
    }

    [Fact]
    public void HubMethod_NeedsTheRightOfItsEndpoint()
    {
        var hubs = typeof(WebHost).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Hub))).ToList();
        Assert.NotEmpty(hubs);
        foreach (var hub in hubs)
        {
            var endpoints = club.Silo.Endpoints
                .Where(e => e.Metadata.GetMetadata<HubMetadata>()?.HubType == hub).ToList();
            Assert.NotEmpty(endpoints);
            var methods = hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(m => m.GetBaseDefinition() == m);
            Assert.All(methods, method =>
            {
                var needs = method.GetCustomAttribute<NeedsAttribute>();
                Assert.NotNull(needs);
                EndpointRight right = needs.Right == Rights.Gate
                    ? new EndpointRight.Device()
                    : new EndpointRight.Staff(needs.Right);
                Assert.All(endpoints, e => Assert.Equal(right, e.Metadata.GetMetadata<EndpointRight>()));
            });
        }
    }

    [Fact]
    public void Command_NeedsARightOrIsInternal_AndIsKnownToItsGrain()
    {
        var known = Modules.All.SelectMany(m => m.Grains).SelectMany(g => g.Commands).Select(c => c.Type).ToHashSet();
        var all = typeof(Modules).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(ICommand).IsAssignableFrom(t)).ToList();
        Assert.Equal(known.Select(t => t.Name).Order(), all.Select(t => t.Name).Order());
        Assert.All(all, command => Assert.True(
            command.GetCustomAttribute<NeedsAttribute>() is { Right: var right }
                ? Rights.All.Append(Rights.Gate).Append(Rights.Member).Contains(right)
                : command.GetCustomAttribute<InternalAttribute>() is not null,
            command.Name));
    }

    private IEnumerable<(HttpMethod Method, string Path, string Right)> Staff() =>
        from endpoint in club.Silo.Endpoints
        let staff = endpoint.Metadata.GetMetadata<EndpointRight>() as EndpointRight.Staff
        where staff is not null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } some
            ? some
            : ["GET", "POST"]
        select (new HttpMethod(method), Parameter().Replace(Path(endpoint), "x"), staff.Right);

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
