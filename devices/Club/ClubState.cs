using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Club;

/// <summary>What is known of the demo club; kept because gate keys are shown only once.</summary>
public sealed record ClubFile
{
    /// <summary>Part of every Idempotency-Key and badge, so that a second start finds the first one's club.</summary>
    public required string Tag { get; init; }

    public required int Seed { get; init; }

    public required int MemberCount { get; init; }

    /// <summary>The day the dates of memberships are counted from; a repeated request must say the same.</summary>
    public required DateOnly FoundedOn { get; init; }

    public string? SiteId { get; init; }
    public IReadOnlyDictionary<Place, string> Zones { get; init; } = new Dictionary<Place, string>();
    public IReadOnlyDictionary<PlanName, string> Plans { get; init; } = new Dictionary<PlanName, string>();
    public IReadOnlyDictionary<Reader, GateIdentity> Gates { get; init; } = new Dictionary<Reader, GateIdentity>();
    public bool VisitsUsed { get; init; }
}

/// <summary>The gates and badges for a plain load, as <c>gates --keys</c> reads them.</summary>
public sealed record KeysFile(IReadOnlyList<GateIdentity> Gates, IReadOnlyList<Credential> Credentials);

/// <summary>
/// The state folder: one simulator at a time, readable by its owner only. Whoever only looks may do so beside it.
/// </summary>
public sealed class ClubState : IDisposable
{
    private readonly FileStream? _lock;
    private readonly string _clubPath;
    private readonly string _membersPath;
    private readonly Lock _membersLock = new();

    private ClubState(string folder, FileStream? fileLock)
    {
        Folder = folder;
        _lock = fileLock;
        _clubPath = Path.Combine(folder, "club.json");
        _membersPath = Path.Combine(folder, "members.txt");
        Club = File.Exists(_clubPath) ? Wire.Read<ClubFile>(File.ReadAllBytes(_clubPath)) : null;
    }

    public string Folder { get; }

    public ClubFile? Club { get; private set; }

    public string TokenPath => Path.Combine(Folder, "session.token");

    public string ScansPath => Path.Combine(Folder, "scans.jsonl");

    public string GatesFolder => Path.Combine(Folder, "gates");

    /// <summary>Two that ask with one gate's key each count on in files of their own.</summary>
    public string CheckFolder => Path.Combine(Folder, "check");

    public static ClubState Open(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
            PrivateFile.CreateFolder(Path.Combine(folder, "gates"));
            var fileLock = PrivateFile.Open(Path.Combine(folder, "lock"), FileMode.Create, FileShare.None);
            return new ClubState(folder, fileLock);
        }
        catch (IOException fault) when (File.Exists(Path.Combine(folder, "lock")))
        {
            throw new DeviceException($"Another simulator is using {folder}; stop it first.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException($"The state folder {folder} cannot be used: {fault.Message}", fault);
        }
    }

    /// <summary>For reading alone, also beside the simulator that is using the folder.</summary>
    public static ClubState Look(string folder)
    {
        var state = new ClubState(folder, null);
        return state.Club is null ? throw new DeviceException($"There is no demo club in {folder}.") : state;
    }

    public void Save(ClubFile club)
    {
        PrivateFile.Replace(_clubPath, Wire.Bytes(club));
        Club = club;
    }

    /// <summary>Ids of the members created in full, by their number.</summary>
    public Dictionary<int, string> Members()
    {
        var members = new Dictionary<int, string>();
        foreach (var line in File.Exists(_membersPath) ? File.ReadLines(_membersPath) : [])
        {
            var cells = line.Split(' ');
            if (cells is [var number, var id, "."] && int.TryParse(number, out var index))
            {
                members[index] = id;
            }
        }

        return members;
    }

    /// <summary>The full stop at the end tells a whole line from one cut by a crash.</summary>
    public void AddMember(int index, string id)
    {
        lock (_membersLock)
        {
            using var file = PrivateFile.Append(_membersPath);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{index} {id} .\n"));
        }
    }

    public void SaveKeys(KeysFile keys) => PrivateFile.Replace(Path.Combine(Folder, "keys.json"), Wire.Bytes(keys));

    public void Dispose() => _lock?.Dispose();
}
