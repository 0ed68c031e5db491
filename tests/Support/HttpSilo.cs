using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClub.Silo;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Support;

/// <summary>One running silo: the real program with Kestrel on a port of its own.</summary>
internal sealed class HttpSilo : IAsyncDisposable
{
    private readonly WebApplication app;
    private bool isGone;

    private HttpSilo(WebApplication app, LogBook log, CommitBook commits)
    {
        this.app = app;
        Log = log;
        Commits = commits;
        var features = app.Services.GetRequiredService<IServer>().Features;
        var bound = new Uri(features.Get<IServerAddressesFeature>()!.Addresses.First());
        Address = new Uri($"http://127.0.0.1:{bound.Port}");
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Address,
        };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public LogBook Log { get; }

    public CommitBook Commits { get; }

    public SiloHost Host => Get<SiloHost>();

    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).Cast<RouteEndpoint>()];

    /// <summary>Starts the program without waiting for it to become active.</summary>
    public static async Task<HttpSilo> Launch(SiloSettings settings, TimeProvider clock)
    {
        var log = new LogBook();
        var commits = new CommitBook();
        var app = WebHost.Build(settings, adjust: services => services
            .AddSingleton(clock)
            .AddSingleton<ICommitListener>(commits)
            .AddLogging(logging => logging.ClearProviders().AddProvider(log)));
        await app.StartAsync().Happens("the program listens");
        return new HttpSilo(app, log, commits);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (isGone)
        {
            return;
        }

        isGone = true;
        Http.Dispose();
        await app.StopAsync().Happens("the program stops");
        await app.DisposeAsync().Happens("all of the program is gone");
    }
}
