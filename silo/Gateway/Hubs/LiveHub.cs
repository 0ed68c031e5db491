using Microsoft.AspNetCore.SignalR;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Live;

namespace SmartClub.Silo.Gateway.Hubs;

/// <summary>The live board as a stream. Who may connect may watch: the endpoint declares the right.</summary>
public sealed class LiveHub(LiveScreen screen, SignedIn signedIn, SiloHost silo) : Hub
{
    /// <summary>
    /// What moved since <paramref name="after"/>. After a reconnect the screen passes the position it knows and
    /// misses nothing; a delta with <c>reset</c> says that too much has happened to tell.
    /// The stream ends with the session, with the right and with the silo's lease: it outlives the request that opened
    /// it.
    /// </summary>
    [Needs(Rights.LiveRead)]
    public IAsyncEnumerable<LiveDelta> Watch(long after, CancellationToken cancel)
    {
        var (token, _) = SignedIn.Token(Context.GetHttpContext()!.Request);
        return screen.Watch(after, () => silo.IsActive && signedIn.May(token, Rights.LiveRead), cancel);
    }
}
