using System.Security.Cryptography;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Staff;

namespace SmartClub.Devices.Club;

/// <summary>The demo club, ready for its gates.</summary>
public sealed record DemoClub(ClubFile File, IReadOnlyList<MemberPlan> Members);

/// <summary>
/// Sets up the demo club through the staff API. Every request has an Idempotency-Key made from the club's tag, so
/// a start that was cut anywhere goes on where it stopped.
/// </summary>
public sealed class ClubBuilder(
    StaffClient staff, ClubState state, ArrivalTable table, Output output, TimeProvider clock)
{
    public const string TimeZone = "Africa/Kinshasa";
    private const string Currency = "USD";
    private const int CreatedAtOnce = 8;
    private const int GuestsOfPremium = 4;
    private const int ProgressEvery = 100;

    private static readonly string[] Workdays = ["mon", "tue", "wed", "thu", "fri"];

    public async Task<DemoClub> Ensure(int memberCount, int seed, CancellationToken stop)
    {
        var file = state.Club ?? Found(memberCount, seed);
        var members = MemberPlan.Draw(file.MemberCount, file.Seed, file.Tag, table);
        await AssertSameSilo(stop);
        if (file.SiteId is null)
        {
            var site = new SiteRequest("Gombe", TimeZone, Currency);
            file = Save(file with { SiteId = await Create("/api/sites", "site", site, stop) });
        }

        if (file.Zones.Count == 0)
        {
            file = Save(file with { Zones = await CreateZones(file.SiteId!, stop) });
        }

        if (file.Plans.Count == 0)
        {
            file = Save(file with { Plans = await CreatePlans(file.Zones, stop) });
        }

        foreach (var reader in Enum.GetValues<Reader>().Where(reader => !file.Gates.ContainsKey(reader)))
        {
            var gate = await CreateGate(file, reader, stop);
            file = Save(file with { Gates = new Dictionary<Reader, GateIdentity>(file.Gates) { [reader] = gate } });
        }

        await CreateMembers(file, members, stop);
        var badges = members.Where(member => member.Standing == Standing.Active && member.Plan == PlanName.Premium);
        state.SaveKeys(new KeysFile([.. file.Gates.Values], [.. badges.Select(member => member.Credentials[0])]));
        return new DemoClub(file, members);
    }

    private ClubFile Found(int memberCount, int seed)
    {
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        return Save(new ClubFile
        {
            Tag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3)),
            Seed = seed,
            MemberCount = memberCount,
            FoundedOn = DateOnly.FromDateTime(local.DateTime),
        });
    }

    private ClubFile Save(ClubFile file)
    {
        state.Save(file);
        return file;
    }

    /// <summary>A state folder beside a fresh database would show badges that nobody there knows.</summary>
    private async Task AssertSameSilo(CancellationToken stop)
    {
        if (state.Members() is not { Count: > 0 } known)
        {
            return;
        }

        try
        {
            await staff.Get<Created>("/api/members/" + known.First().Value, stop);
        }
        catch (StaffRefusedException refusal) when (refusal.Status == 404)
        {
            throw new DeviceException(
                $"The silo does not know the club kept in {state.Folder}; remove that folder to set up a new one.");
        }
    }

    private async Task<string> Create<TRequest>(
        string path, string name, TRequest request, CancellationToken stop) =>
        (await staff.Create<TRequest, Created>(path, $"demo-{state.Club!.Tag}-{name}", request, stop)).Id;

    private async Task<Dictionary<Place, string>> CreateZones(string siteId, CancellationToken stop)
    {
        var zones = new (Place Place, ZoneRequest Request)[]
        {
            (Place.Weights, new(siteId, "Musculation", "hard", 240, 90)),
            (Place.Cardio, new(siteId, "Cardio", "soft", 180, null)),
            (Place.Studio, new(siteId, "Studio 1", "soft", 60, 20)),
            (Place.Pool, new(siteId, "Piscine", "soft", 60, null)),
        };
        var ids = new Dictionary<Place, string>();
        foreach (var (place, request) in zones)
        {
            ids[place] = await Create("/api/zones", $"zone-{place}", request, stop);
        }

        return ids;
    }

    private async Task<Dictionary<PlanName, string>> CreatePlans(
        IReadOnlyDictionary<Place, string> zones, CancellationToken stop)
    {
        Entitlement[] To(IReadOnlyList<OpeningHours>? hours, params Place[] places) =>
            [.. places.Select(place => new Entitlement(zones[place], hours))];
        Money Dollars(long amount) => new(amount * 100, Currency);

        OpeningHours[] offPeak = [new(Workdays, "09:00", "18:00")];
        var plans = new (PlanName Name, PlanRequest Request)[]
        {
            (PlanName.Premium, new("Premium", 12, Dollars(480), To(null, Enum.GetValues<Place>()), null)),
            (PlanName.Standard, new("Standard", 3, Dollars(150), To(null, Place.Weights, Place.Cardio), null)),
            (PlanName.OffPeak, new(
                "Heures creuses", 3, Dollars(90), To(offPeak, Place.Weights, Place.Cardio, Place.Pool), null)),
            (PlanName.TenVisits, new("Carnet 10", 3, Dollars(60), To(null, Place.Weights, Place.Cardio), 10)),
        };
        var ids = new Dictionary<PlanName, string>();
        foreach (var (name, request) in plans)
        {
            ids[name] = await Create("/api/plans", $"plan-{name}", request, stop);
        }

        // What the desk sells to visitors, and who may bring one along; nobody of the drawn members has it.
        await Create("/api/plans", "plan-day", new DayPlanRequest(
            "Journée", 1, Dollars(10), To(null, Place.Weights, Place.Cardio)), stop);
        await staff.Create<PlanGuestsRequest, PlanGuestsRequest>(
            $"/api/plans/{ids[PlanName.Premium]}/guests", $"demo-{state.Club!.Tag}-guests", new(GuestsOfPremium), stop);
        return ids;
    }

    private async Task<GateIdentity> CreateGate(ClubFile file, Reader reader, CancellationToken stop)
    {
        var (name, place, direction, confirms) = reader switch
        {
            Reader.MainEntrance => ("Entrée principale", Place.Weights, "both", true),
            Reader.SecondTurnstile => ("Portillon 2", Place.Cardio, "both", false),
            Reader.StudioDoor => ("Studio 1", Place.Studio, "both", false),
            Reader.PoolDoor => ("Piscine", Place.Pool, "in", false),
            _ => ("Sortie parking", Place.Weights, "out", false),
        };
        var request = new GateRequest(name, file.SiteId!, file.Zones[place], direction, confirms);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var made = await staff.Create<GateRequest, GateCreated>(
                "/api/gates", $"demo-{file.Tag}-gate-{reader}-{attempt}", request, stop);
            if (made.Key is { } key)
            {
                return new GateIdentity(made.Id, key, name, request.ZoneId, direction, confirms);
            }

            // The answer that showed the key was lost in a crash, so that gate can never be used: make another.
        }

        throw new DeviceException($"The silo made the gate {name} but did not show its key.");
    }

    private async Task CreateMembers(ClubFile file, IReadOnlyList<MemberPlan> members, CancellationToken stop)
    {
        var known = state.Members();
        var missing = members.Where(member => !known.ContainsKey(member.Index)).ToList();
        var done = known.Count;
        var options = new ParallelOptions { MaxDegreeOfParallelism = CreatedAtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(missing, options, async (member, cancel) =>
        {
            state.AddMember(member.Index, await CreateMember(file, member, cancel));
            var count = Interlocked.Increment(ref done);
            if (count % ProgressEvery == 0 || count == members.Count)
            {
                output.Line($"{count} of {members.Count} members");
            }
        });
    }

    private async Task<string> CreateMember(ClubFile file, MemberPlan member, CancellationToken stop)
    {
        var name = $"member-{member.Index}";
        var id = await Create("/api/members", name, new MemberRequest(
            member.FirstName, member.LastName, member.Email, member.Phone), stop);
        var path = "/api/members/" + id;
        await Create(path + "/memberships", name + "-membership", new MembershipRequest(
            file.Plans[member.Plan], file.FoundedOn.AddDays(member.StartsInDays), member.Standing != Standing.Unpaid),
            stop);
        for (var index = 0; index < member.Credentials.Count; index++)
        {
            var credential = member.Credentials[index];
            await Create(path + "/credentials", $"{name}-credential-{index}", new CredentialRequest(
                credential.Kind, credential.Value), stop);
        }

        if (member.Standing == Standing.Suspended)
        {
            await staff.Create<SuspendRequest, Suspended>(
                path + "/suspend", $"demo-{file.Tag}-{name}-suspend", new SuspendRequest("Badge prêté"), stop);
        }

        return id;
    }
}
