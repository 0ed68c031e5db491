using System.Net;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// Knows when a session was used last, exactly in memory; the journal hears of it now and then, so that a restart
/// forgets little and a busy desk writes little.
/// </summary>
public sealed class SessionSight(IGrains grains, TimeProvider time, ILogger<SessionSight> log)
{
    /// <summary>A session is used by this request.</summary>
    public void See(OpenedSession session, HttpContext http)
    {
        var now = time.GetUtcNow();
        session.See(now);
        if (now - session.NotedAt >= DomainLimits.SessionSeenEvery && session.TryNote())
        {
            _ = Note(session, Origin.Place(http));
        }
    }

    // Nobody waits for it: a request is not slower because it is the first in a quarter of an hour.
    private async Task Note(OpenedSession session, string? place)
    {
        try
        {
            await grains.Send(
                new SeeSession(session.Staff, session.Id, place), new Envelope(CommandIds.New(), Caller.System));
        }
        catch (Exception away)
        {
            session.NoteLater();
            log.LogDebug("A session was not noted as seen: {Reason}.", away.GetType().Name);
        }
    }
}

/// <summary>With what and from where somebody asks, in words that their owner recognises.</summary>
public static class Origin
{
    // Each says that it is several others as well, so the order matters.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>Browser and system, such as "Firefox, Linux"; null where it does not say.</summary>
    public static string? Device(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        var words = new[] { Find(Browsers, agent), Find(Systems, agent) }.OfType<string>().ToList();
        return words.Count > 0 ? string.Join(", ", words) : null;
    }

    /// <summary>
    /// The network address. A proxy on this machine says for whom it asks, and nobody else is believed.
    /// </summary>
    public static string? Place(HttpContext http)
    {
        var caller = http.Connection.RemoteIpAddress;
        return caller is not null && IPAddress.IsLoopback(caller)
            && http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: > 0 } told
            && IPAddress.TryParse(told, out var real)
            ? Text(real)
            : Text(caller);
    }

    private static string? Text(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();

    private static string? Find((string Sign, string Name)[] known, string agent) =>
        known.FirstOrDefault(k => agent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
