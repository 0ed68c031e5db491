using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SmartClub.Grains;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Hubs;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Gateway.Me;
using SmartClub.Silo.Reactions;

namespace SmartClub.Silo.Gateway;

/// <summary>The web side of the silo: Kestrel, middleware in order, all endpoints.</summary>
public static class WebHost
{
    /// <summary>Builds the application.</summary>
    /// <param name="settings">The environment.</param>
    /// <param name="more">Further features, for tests and benchmarks.</param>
    /// <param name="adjust">Replaces services, for tests.</param>
    public static WebApplication Build(
        SiloSettings settings, IEnumerable<FeatureModule>? more = null, Action<IServiceCollection>? adjust = null)
    {
        // Nothing comes from files or arguments: the settings are all there is. Left alone, the framework would also
        // watch every file below the folder it was started in, which may be that of a busy database.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = "Production",
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.Sources.Clear();
        Log(builder.Logging);

        // No request blocks a thread, so none has to change threads between the socket and its endpoint and back:
        // on two cores those changes cost a scan more than its decision. A buffer for each idle connection is cheaper
        // than asking the socket twice for each request.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, settings));
        builder.Services.AddSilo(settings, [.. Modules.All, .. more ?? []]).AddGateProtocol().AddLive();
        builder.Services.AddSingleton<Pressure>().AddSingleton<Admission>().AddHostedService<PressureWatch>();
        builder.Services.AddReactions(settings).AddMemberApi();
        builder.Services.AddStaffApi().AddSingleton<CommandRunner>().AddSingleton<CommandGuard>();
        builder.Services.AddSingleton<SignedIn>().AddSingleton<SessionSight>();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.AddSignalR().AddJsonProtocol(json => ApiJson.Configure(json.PayloadSerializerOptions));
        builder.Services.AddOpenApi("v1");
        builder.Services.AddPackedAnswers();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        adjust?.Invoke(builder.Services);

        var app = builder.Build();

        // SignalR brings the framework's authorisation along. Rights are ours (RightsMiddleware); it would only be
        // one more state machine around every request.
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseMiddleware<ErrorMiddleware>();
        app.Use(WebPage.Headers);
        app.Use(BodyLimit);
        app.UsePackedAnswers();
        if (settings.WebFolder is { } folder)
        {
            app.UsePackedFiles(folder);
        }

        app.UseRouting();
        app.UseMiddleware<AdmissionMiddleware>();
        app.UseMiddleware<ElsewhereMiddleware>();
        app.UseMiddleware<RightsMiddleware>();
        app.UseMiddleware<GateHubGuard>();
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapHealth();
        app.MapGateProtocol();
        app.MapLive();
        app.MapStaffApi();
        app.MapMemberApi();
        app.MapOpenApi("/openapi/v1.json").ForAnyone();
    }

    private static void Listen(KestrelServerOptions kestrel, SiloSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Limits.GateRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.ListenAnyIP(settings.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (settings.TlsCertificate is { } certificate)
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(
                    certificate, settings.TlsKey));
            }
        });
    }

    private static void Log(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
        });
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // Otherwise every request starts an activity for a log line that nobody asked for.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    private static Task BodyLimit(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api")
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size
            && !http.Request.Path.StartsWithSegments("/api/gates/v1"))
        {
            size.MaxRequestBodySize = http.Request.Path.StartsWithSegments(Imports.ImportEndpoints.Path)
                ? Limits.ImportBytes
                : Limits.RequestBytes;
        }

        return next(http);
    }
}
