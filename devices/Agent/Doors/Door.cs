using System.Security.Cryptography;
using SmartClub.Agent.Link;
using SmartClub.Agent.Lists;
using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Devices.Protocol;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Members;

namespace SmartClub.Agent.Doors;

/// <summary>What a door shows after a scan, or while nothing happens.</summary>
/// <param name="State"><c>grant</c>, <c>deny</c>, <c>open</c>, <c>locked</c> or <c>ready</c>.</param>
/// <param name="Reason">The word of the protocol.</param>
/// <param name="Text">For people.</param>
/// <param name="IsOffline">Whether the door decided alone.</param>
public sealed record DoorShows(string State, string Reason, DoorText Text, bool IsOffline);

/// <summary>How a door stands when nobody is in front of it.</summary>
public enum DoorMode
{
    /// <summary>It decides.</summary>
    Normal,

    /// <summary>Nobody comes in.</summary>
    Locked,

    /// <summary>It is open for everybody.</summary>
    Open,
}

/// <summary>
/// One door: from what was held to its reader to the lock. What it decides alone is on the disk before the lock moves,
/// so whatever is cut and whenever, a passage is told once and never lost.
/// </summary>
public sealed class Door(
    AgentStore store, SiloLink link, KeptList list, IRelay relay, OfflineMode mode, Action<DoorShows> show)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PassageTakes = TimeSpan.FromSeconds(10);
    private string? _ticket;
    private DateTimeOffset _openedAt;
    private TimeSpan _openFor = TimeSpan.FromMilliseconds(
        store.Number("open_ms") is > 0 and var kept ? kept : Grains.Model.Limits.OpenMilliseconds);

    /// <summary>How the door stands.</summary>
    public DoorMode Mode { get; private set; } = Enum.TryParse<DoorMode>(store.Fact("mode"), out var stood)
        ? stood
        : DoorMode.Normal;

    /// <summary>Is called when something happened that has to be told.</summary>
    public Action Happened { get; set; } = () => { };

    /// <summary>Somebody holds something to the reader.</summary>
    public async Task<DoorShows> Scan(Credential credential, Direction direction, CancellationToken stop)
    {
        if (Mode != DoorMode.Normal && (Mode == DoorMode.Open || direction == Direction.In))
        {
            return Shown(Mode == DoorMode.Open
                ? new DoorShows("open", "ok", DoorTexts.Of("open"), true)
                : new DoorShows("locked", "locked", DoorTexts.Of("locked"), true));
        }

        var scan = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var request = new AccessRequest(scan, credential, direction, link.Now);
        var answer = link.IsUp ? await link.Ask(request, stop) : null;
        var shown = answer is not null ? Online(answer, direction) : Alone(request);
        if (shown.State == "grant")
        {
            _openedAt = link.Now;
            await relay.Open(_openFor, stop);
        }

        return Shown(shown);
    }

    /// <summary>
    /// Somebody passed: under the ticket of the last grant, if the club waits for that; by force, if nobody was let
    /// through.
    /// </summary>
    public void Passed()
    {
        if (Interlocked.Exchange(ref _ticket, null) is { } ticket)
        {
            Note(GateEvent.Passed, ticket);
        }
        else if (Mode != DoorMode.Open && link.Now - _openedAt > _openFor + PassageTakes)
        {
            Note("access.forced");
        }
    }

    /// <summary>Staff let one person through.</summary>
    public async Task OpenOnce(CancellationToken stop)
    {
        Shown(new DoorShows("grant", "ok", DoorTexts.Of("opened"), false));
        _openedAt = link.Now;
        await relay.Open(_openFor, stop);
    }

    /// <summary>Staff change how the door stands; it stands so after a power cut too.</summary>
    public async Task Stand(DoorMode wanted)
    {
        store.Keep("mode", wanted.ToString());
        Mode = wanted;
        await Resume();
    }

    /// <summary>Brings lock and screen to where they stand; after a power cut, to where they stood before.</summary>
    public async Task Resume()
    {
        await (Mode == DoorMode.Open ? relay.Hold() : relay.Close());
        var state = Mode switch { DoorMode.Open => "open", DoorMode.Locked => "locked", _ => "ready" };
        Shown(new DoorShows(state, "ok", DoorTexts.Of(state), !link.IsUp));
    }

    /// <summary>Keeps something that the door has noticed until it has been told.</summary>
    public void Note(string type, string? ticket = null)
    {
        store.Add(new GateEvent { Type = type, At = link.Now, TicketId = ticket });
        Happened();
    }

    private DoorShows Online(AccessAnswer answer, Direction direction)
    {
        var openFor = TimeSpan.FromMilliseconds(answer.OpenMs is > 0 and var length ? length : 0);
        if (answer.Decision == GateDecision.Grant && openFor > TimeSpan.Zero && openFor != _openFor)
        {
            _openFor = openFor;
            store.Keep("open_ms", $"{answer.OpenMs}");
        }

        var isGranted = answer.Decision == GateDecision.Grant;
        _ticket = isGranted && link.Identity.ConfirmsPassage ? answer.TicketId : null;
        return new DoorShows(
            isGranted ? "grant" : "deny", answer.Reason,
            answer.Display ?? DoorTexts.Of(isGranted && direction == Direction.Out ? "ok.out" : answer.Reason), false);
    }

    private DoorShows Alone(AccessRequest request)
    {
        var listKey = GateListing.ListKey(Convert.FromBase64String(link.Identity.Key));
        var credential = request.Credential;
        var now = link.Now;
        var pass = credential.Kind == "qr" && RotatingPass.IsMeant(credential.Value)
            ? PassCheck.Of(credential.Value, listKey, list, store, now)
            : null;
        var hash = pass is null ? GateListing.Hash(listKey, credential.Kind, credential.Value) : null;
        var verdict = OfflineRules.Judge(new OfflineQuestion(
            hash is null ? pass!.Right : list.Find(hash), hash is not null && store.IsStaff(hash), request.Direction,
            now, IsClockLost(now), list.ExpiresAt, list.TimeZone, mode)
        {
            PassFault = pass?.Fault,
        });
        store.Add(new GateEvent
        {
            Type = GateEvent.Offline,
            At = now,
            ScanId = request.ScanId,
            Credential = request.Credential,
            Direction = request.Direction,
            Decision = verdict.Decision,
            Reason = verdict.Reason,
        }, verdict.Decision == GateDecision.Grant ? pass?.Use : null);
        Happened();
        var isGranted = verdict.Decision == GateDecision.Grant;
        _ticket = null;
        return new DoorShows(
            isGranted ? "grant" : "deny", verdict.Reason,
            DoorTexts.Of(isGranted && request.Direction == Direction.Out ? "ok.out" : verdict.Reason), true);
    }

    private bool IsClockLost(DateTimeOffset now) =>
        now < DateTimeOffset.FromUnixTimeMilliseconds(store.Number("last_time")) - ClockTolerance;

    private DoorShows Shown(DoorShows shown)
    {
        show(shown);
        return shown;
    }
}
