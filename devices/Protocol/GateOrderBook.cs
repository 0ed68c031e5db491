using System.Text.Json;

namespace SmartClub.Devices.Protocol;

/// <summary>How a door stands when nobody is in front of it.</summary>
public enum DoorStand
{
    /// <summary>It decides.</summary>
    Normal,

    /// <summary>Nobody comes in; going out stays possible.</summary>
    Locked,

    /// <summary>It is open for everybody.</summary>
    Open,
}

/// <summary>
/// What staff tell a simulated door. Each order is carried out once, however often it comes, and what came of it is
/// kept on the disk until the silo has heard it: a door that was restarted stands as it was told and still answers.
/// </summary>
public sealed class GateOrderBook
{
    private const int Remembered = 100;
    private readonly Lock _lock = new();
    private readonly string _path;
    private Kept _kept;

    private GateOrderBook(string path, Kept kept)
    {
        _path = path;
        _kept = kept;
    }

    /// <summary>How the door stands.</summary>
    public DoorStand Stand => Now.Stand;

    /// <summary>How often it was opened from afar.</summary>
    public int Openings => Now.Openings;

    /// <summary>As a sign of life says it.</summary>
    public string DoorState => Stand switch
    {
        DoorStand.Open => "open",
        DoorStand.Locked => "locked",
        _ => "closed",
    };

    /// <summary>What the silo has not heard yet.</summary>
    public IReadOnlyList<OrderResult> Unheard => Now.Unheard;

    private Kept Now
    {
        get
        {
            lock (_lock)
            {
                return _kept;
            }
        }
    }

    /// <summary>Opens the file that says how the door stood.</summary>
    public static GateOrderBook Open(string path)
    {
        try
        {
            return new GateOrderBook(path, File.Exists(path) ? Wire.Read<Kept>(File.ReadAllBytes(path)) : Kept.Nothing);
        }
        catch (JsonException)
        {
            throw new DeviceException($"{path} does not say how its door stands.");
        }
    }

    /// <summary>Carries an order out, unless that was done before.</summary>
    public void Take(DoorOrder order, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_kept.Done.Contains(order.Id))
            {
                return;
            }

            var (stand, openings, refused) = (now >= order.ExpiresAt ? "expired" : order.Kind) switch
            {
                "open_once" => (_kept.Stand, _kept.Openings + 1, null),
                "lock" => (DoorStand.Locked, _kept.Openings, null),
                "unlock" => (DoorStand.Normal, _kept.Openings, null),
                "evacuate" => (DoorStand.Open, _kept.Openings, null),
                // Simulated doors ask the silo about everything: they have no list.
                "sync_list" => (_kept.Stand, _kept.Openings, null),
                "expired" => (_kept.Stand, _kept.Openings, "expired"),
                _ => (_kept.Stand, _kept.Openings, "unknown_kind"),
            };
            Keep(new Kept(
                stand, openings, [.. _kept.Done.TakeLast(Remembered - 1), order.Id],
                [.. _kept.Unheard, new OrderResult(order.Id, refused is null, refused)]));
        }
    }

    /// <summary>The silo has heard these.</summary>
    public void Heard(IReadOnlyList<OrderResult> results)
    {
        lock (_lock)
        {
            if (results.Count > 0)
            {
                Keep(_kept with { Unheard = [.. _kept.Unheard.Except(results)] });
            }
        }
    }

    private void Keep(Kept kept)
    {
        PrivateFile.Replace(_path, Wire.Bytes(kept));
        _kept = kept;
    }

    private sealed record Kept(
        DoorStand Stand, int Openings, IReadOnlyList<string> Done, IReadOnlyList<OrderResult> Unheard)
    {
        public static Kept Nothing { get; } = new(DoorStand.Normal, 0, [], []);
    }
}
