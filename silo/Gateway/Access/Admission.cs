namespace SmartClub.Silo.Gateway.Access;

/// <summary>Who waits for an answer. The earlier ones are let in when the later ones no longer are.</summary>
public enum Waiting
{
    /// <summary>Somebody in front of a door.</summary>
    Gate,

    /// <summary>Somebody at a desk.</summary>
    Staff,

    /// <summary>A screen that shows what happens.</summary>
    Live,
}

/// <summary>
/// Takes as many requests as can be answered soon and tells the others at once to come again: who waits in a queue
/// that only grows is told nothing by anybody. Few requests are always taken, however slow the machine is.
/// </summary>
public sealed class Admission(Pressure pressure)
{
    private readonly int[] atWork = new int[Enum.GetValues<Waiting>().Length];
    private int turn;

    /// <summary>Requests that are being worked on.</summary>
    public int AtWork => atWork.Sum();

    /// <summary>Whether a request may come in; if so, <see cref="Leave"/> must be called after it.</summary>
    public bool TryEnter(Waiting who)
    {
        var level = pressure.Level;
        if (level > 0 && AtWork >= Limits.RequestsAlwaysTaken && IsUnlucky(who, level))
        {
            return false;
        }

        if (Interlocked.Increment(ref atWork[(int)who]) <= Most(who))
        {
            return true;
        }

        Leave(who);
        return false;
    }

    /// <summary>The request is answered.</summary>
    public void Leave(Waiting who) => Interlocked.Decrement(ref atWork[(int)who]);

    // So many of ten are sent away: of gates the fewest, and never all.
    private bool IsUnlucky(Waiting who, int level)
    {
        var share = who switch
        {
            Waiting.Gate => level - 1,
            Waiting.Staff => level * 2,
            _ => level * 3,
        };
        return (uint)Interlocked.Increment(ref turn) % Pressure.Highest < share;
    }

    private static int Most(Waiting who) => who switch
    {
        Waiting.Gate => Limits.GateRequests,
        Waiting.Staff => Limits.StaffRequests,
        _ => Limits.LiveRequests,
    };
}

/// <summary>Asks <see cref="Admission"/> before anything else is done for a request.</summary>
public sealed class AdmissionMiddleware(RequestDelegate next, Admission admission)
{
    /// <summary>The framework's entry.</summary>
    public Task Invoke(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        return Of(http, endpoint) is not { } who ? next(http)
            : !admission.TryEnter(who) ? Problems.Write(http, "overloaded")
            : Answer(http, who);
    }

    private async Task Answer(HttpContext http, Waiting who)
    {
        try
        {
            await next(http);
        }
        finally
        {
            admission.Leave(who);
        }
    }

    // A stream lasts as long as its screen is open: what opens it is counted, not the stream. What costs nothing, such
    // as the health of this silo, is always told.
    private static Waiting? Of(HttpContext http, Endpoint? endpoint)
    {
        switch (endpoint?.Metadata.GetMetadata<EndpointRight>())
        {
            case EndpointRight.Device:
                return Waiting.Gate;
            case EndpointRight.Staff when http.Request.Path.StartsWithSegments("/hubs"):
                return http.WebSockets.IsWebSocketRequest || HttpMethods.IsGet(http.Request.Method)
                    ? null : Waiting.Live;
            case EndpointRight.Staff when http.Request.Path.StartsWithSegments("/api/live"):
                return Waiting.Live;
            case EndpointRight.Staff or EndpointRight.Member:
                return Waiting.Staff;
            default:
                return http.Request.Path.StartsWithSegments("/api/auth")
                    || http.Request.Path.StartsWithSegments("/api/me") ? Waiting.Staff : null;
        }
    }
}
