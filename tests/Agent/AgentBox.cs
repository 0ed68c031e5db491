using SmartClub.Agent;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Agent.Verbs;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Http;

namespace SmartClub.Tests.Agent;

/// <summary>A door's box with its disk, a network that a test can cut, and a relay that counts.</summary>
internal sealed class AgentBox : IDisposable
{
    private readonly HttpClub club;
    private readonly string boxes = Directory.CreateTempSubdirectory("smartclub-agent-").FullName;
    private string folder;
    private int lives;

    private AgentBox(HttpClub club)
    {
        this.club = club;
        folder = Directory.CreateDirectory(Path.Combine(boxes, "0")).FullName;
        Wire = new CutWire(() => club.Silo.Address);
    }

    public CutWire Wire { get; }

    public CountingRelay Relay { get; } = new();

    /// <summary>What the door showed last.</summary>
    public DoorShows Last { get; private set; } = new("", "", DoorTexts.Of("ready"), false);

    /// <summary>A screen at the door.</summary>
    public Action<DoorShows> Seen { get; set; } = _ => { };

    public AgentStore Store { get; private set; } = null!;

    public AgentHost Host { get; private set; } = null!;

    /// <summary>A box that became this gate by a code.</summary>
    public static async Task<AgentBox> Enrolled(HttpClub club, string gate, OfflineMode mode = OfflineMode.Deny)
    {
        var code = (await club.Admin.Post($"/api/gates/{gate}/enrolment")).Ok()["code"];
        return await EnrolledBy(club, code, mode);
    }

    /// <summary>The same, by a code that somebody else has made.</summary>
    public static async Task<AgentBox> EnrolledBy(HttpClub club, string code, OfflineMode mode = OfflineMode.Deny)
    {
        var box = new AgentBox(club);
        using (var store = AgentStore.Open(box.folder))
        {
            await Enrol.Run(store, box.Wire, club.Silo.Address.ToString(), code, club.Clock, default);
        }

        box.Boot(mode);
        return box;
    }

    /// <summary>In touch, with the list.</summary>
    public async Task<AgentBox> Ready()
    {
        Assert.True(await Host.Touch(default));
        Assert.True(await Host.Lists.Sync(default));
        return this;
    }

    /// <summary>The power comes back.</summary>
    public void Boot(OfflineMode mode = OfflineMode.Deny)
    {
        Store = AgentStore.Open(folder);
        Host = new AgentHost(Store, Wire, Relay, mode, Show, club.Clock);
    }

    /// <summary>The power fails: nothing is put away.</summary>
    public void PowerFails()
    {
        Host.Dispose();
        Store.Dispose();
    }

    /// <summary>
    /// Is killed at no particular moment, and starts again with the disk as it was then: nothing is closed before.
    /// </summary>
    public void IsKilled()
    {
        var next = Directory.CreateDirectory(Path.Combine(boxes, $"{++lives}")).FullName;
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
        }

        PowerFails();
        Directory.Delete(folder, recursive: true);
        folder = next;
        Boot();
    }

    public Task<DoorShows> Show(string badge, Direction direction = Direction.In, string kind = "rfid") =>
        Host.Door.Scan(new Credential(kind, badge), direction, default);

    private void Show(DoorShows shown)
    {
        Last = shown;
        Seen(shown);
    }

    public void Dispose()
    {
        PowerFails();
        Directory.Delete(boxes, recursive: true);
    }
}

/// <summary>A network that can be cut: nothing answers any more.</summary>
internal sealed class CutWire : DelegatingHandler
{
    private readonly Func<Uri> silo;
    private int requests;

    public CutWire(Func<Uri> silo)
        : base(new SocketsHttpHandler { UseCookies = false })
    {
        this.silo = silo;
    }

    /// <summary>Whether it is cut.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether answers get lost on their way back.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Requests that were tried.</summary>
    public int Requests => Volatile.Read(ref requests);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref requests);
        if (IsCut)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The wire is cut.");
        }

        // A silo that was started again listens at another port here; where clubs are, it keeps its own.
        request.RequestUri = new UriBuilder(request.RequestUri!) { Port = silo().Port }.Uri;
        var answer = await base.SendAsync(request, cancellationToken);
        if (LosesAnswers)
        {
            answer.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer was lost.");
        }

        return answer;
    }

    // Each part of a box that is started again closes its client; the wire stays.
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}

/// <summary>A lock that only counts.</summary>
internal sealed class CountingRelay : IRelay
{
    public int Openings { get; private set; }

    public bool IsHeld { get; private set; }

    public Task Open(TimeSpan length, CancellationToken stop)
    {
        Openings++;
        return Task.CompletedTask;
    }

    public Task Hold()
    {
        IsHeld = true;
        return Task.CompletedTask;
    }

    public Task Close()
    {
        IsHeld = false;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
