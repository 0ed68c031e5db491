using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SmartClub.Devices;
using SmartClub.Devices.Club;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Staff;

namespace SmartClub.Tests.Devices;

public sealed class ClubBuilderTests : IDisposable
{
    private static readonly FirstLogin Login =
        new("admin@example.com", "a password", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<string, string> _made = new();
    private readonly StringWriter _lines = new();
    private int _fallsSilentAfter = int.MaxValue;
    private int _ids;

    public void Dispose()
    {
        _lines.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Club_IsMadeOnce_AndFoundByTheSecondStart()
    {
        using var silo = new ScriptedSilo(Answer);
        var first = await Ensure(silo);
        var creations = Creations(silo).Count;

        var second = await Ensure(silo);

        Assert.Equal(creations, Creations(silo).Count);
        Assert.Equal(first.File.Gates, second.File.Gates);
        Assert.Equal(5, second.File.Gates.Count);
        Assert.Contains("20 of 20 members", _lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Club_IsFinished_WhenTheFirstStartWasCutAnywhere()
    {
        using var silo = new ScriptedSilo(Answer);
        foreach (var count in (int[])[2, 3, 5, 8, 13, 21])
        {
            _fallsSilentAfter = count;
            await Assert.ThrowsAsync<StaffRefusedException>(() => Ensure(silo));
        }

        _fallsSilentAfter = int.MaxValue;
        await Ensure(silo);

        // The same key always came with the same content, so nothing was made twice.
        Assert.All(
            Creations(silo).GroupBy(request => (request.Path, request.Headers["Idempotency-Key"])),
            repeats => Assert.Single(repeats.Select(request => request.Body).Distinct()));
        Assert.Equal(20, _made.Keys.Count(key => key.StartsWith("/api/members|", StringComparison.Ordinal)));
        Assert.Equal(5, _made.Keys.Count(key => key.StartsWith("/api/gates|", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Requests_AreSpelledAsTheContractSaysThem()
    {
        using var silo = new ScriptedSilo(Answer);
        await Ensure(silo);

        string First(string path) => Creations(silo).First(request => request.Path == path).Body;
        Assert.Equal("""{"name":"Gombe","timeZone":"Africa/Kinshasa","currency":"USD"}""", First("/api/sites"));
        Assert.Equal(
            """{"siteId":"id_1","name":"Musculation","antiPassback":"hard","forgivenessMinutes":240,"capacity":90}""",
            First("/api/zones"));
        Assert.Equal(
            """{"name":"Entrée principale","siteId":"id_1","zoneId":"id_2","direction":"both","""
            + "\"confirmsPassage\":true}",
            First("/api/gates"));
        var plans = Creations(silo).Where(request => request.Path == "/api/plans").Select(request => request.Body);
        const string Hours = """[{"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"18:00"}]""";
        Assert.Contains(
            """{"name":"Heures creuses","months":3,"price":{"amount":9000,"currency":"USD"},"entitlements":["""
            + $$"""{"zoneId":"id_2","schedule":{{Hours}}},{"zoneId":"id_3","schedule":{{Hours}}},"""
            + $$"""{"zoneId":"id_5","schedule":{{Hours}}}]}""",
            plans);
        Assert.Contains(Creations(silo), request =>
            request.Path.EndsWith("/memberships", StringComparison.Ordinal)
            && JsonNode.Parse(request.Body)!["startsOn"]!.GetValue<string>().Length == "2026-11-24".Length);
    }

    [Fact]
    public async Task Keys_AreReadableByTheirOwnerOnly()
    {
        using var silo = new ScriptedSilo(Answer);
        await Ensure(silo);

        Assert.All(
            Directory.GetFiles(_folder, "*", SearchOption.AllDirectories),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Club_IsNotLookedForInAnotherSilo()
    {
        using var silo = new ScriptedSilo(Answer);
        await Ensure(silo);
        using var other = new ScriptedSilo((request, _) => Task.FromResult(
            request.Method == "GET" ? (404, """{"code":"not_found"}""") : (200, "{}")));

        var fault = await Assert.ThrowsAsync<DeviceException>(() => Ensure(other));

        Assert.Contains("remove that folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_IsUsedByOneSimulatorAtATime()
    {
        using var state = ClubState.Open(_folder);

        Assert.Throws<DeviceException>(() => ClubState.Open(_folder));
    }

    [Fact]
    public async Task Staff_SignsInAgain_WhenTheSessionEnded()
    {
        using var silo = new ScriptedSilo(
            (200, """{"accessToken":"one","expiresIn":3600}"""), (200, """{"id":"a"}"""),
            (401, """{"code":"not_signed_in"}"""), (200, """{"accessToken":"two","expiresIn":3600}"""),
            (200, """{"id":"b"}"""));
        using var staff = new StaffClient(silo.Client(), Login, Path.Combine(_folder, "token"), _clock);

        await staff.Get<Created>("/api/members/a", CancellationToken.None);
        var second = await staff.Get<Created>("/api/members/b", CancellationToken.None);

        Assert.Equal("b", second.Id);
        Assert.Equal("Bearer two", silo.Seen[^1].Headers["Authorization"]);
        Assert.Contains("\"code\":\"", silo.Seen[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_LeavesTheCodeThatIsShownNow_ToThePerson()
    {
        using var silo = new ScriptedSilo(
            (401, """{"code":"code_already_used"}"""), (200, """{"accessToken":"one","expiresIn":3600}"""),
            (200, """{"id":"a"}"""));
        using var staff = new StaffClient(silo.Client(), Login, Path.Combine(_folder, "token"), _clock);
        var secret = Totp.DecodeSecret(Login.TotpSecret);

        await staff.Get<Created>("/api/members/a", CancellationToken.None);

        var before = Totp.Code(secret, _clock.GetUtcNow().AddSeconds(-30));
        var shown = Totp.Code(secret, _clock.GetUtcNow());
        Assert.Contains(before, silo.Seen[0].Body, StringComparison.Ordinal);
        Assert.Contains(shown, silo.Seen[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_AreTheSameForTheSameSeed_WithBadgesOfTheirOwn()
    {
        var members = MemberPlan.Draw(400, 2015, "abc123", ArrivalTable.Embedded());
        var again = MemberPlan.Draw(400, 2015, "abc123", ArrivalTable.Embedded());

        Assert.Equal(Wire.Text(members), Wire.Text(again));
        var badges = members.SelectMany(member => member.Credentials).ToList();
        Assert.Equal(badges.Count, badges.Distinct().Count());
        Assert.Equal(
            Enum.GetValues<Standing>(), members.Select(member => member.Standing).Distinct().Order());
        Assert.Contains(members, member => member.LastName == "Mbuyamba wa Mukendi-Tshimanga");
        Assert.True(members.Count(member => member.Standing == Standing.Active) > 300);
    }

    private static List<SeenRequest> Creations(ScriptedSilo silo) =>
        [.. silo.Seen.Where(request => request.Headers.ContainsKey("Idempotency-Key"))];

    private async Task<DemoClub> Ensure(ScriptedSilo silo)
    {
        using var state = ClubState.Open(_folder);
        using var staff = new StaffClient(silo.Client(), Login, state.TokenPath, _clock);
        var builder = new ClubBuilder(
            staff, state, ArrivalTable.Embedded(), new Output(_lines, TextWriter.Null), _clock);
        return await builder.Ensure(20, 2015, CancellationToken.None);
    }

    /// <summary>Creates once per path and key, as the contract promises; falls silent where the test says.</summary>
    private Task<(int Status, string Body)> Answer(SeenRequest request, CancellationToken stop)
    {
        if (request.Path == "/api/auth/login")
        {
            return Task.FromResult((200, """{"accessToken":"one","expiresIn":3600}"""));
        }

        if (request.Method == "GET")
        {
            return Task.FromResult((200, """{"id":"known"}"""));
        }

        var answer = _made.GetOrAdd(
            request.Path + "|" + request.Headers["Idempotency-Key"],
            _ => $$"""{"id":"id_{{Interlocked.Increment(ref _ids)}}","key":"AAAA","status":"suspended"}""");
        // The work is done, but its answer never arrives.
        return Task.FromResult(
            Interlocked.Decrement(ref _fallsSilentAfter) < 0 ? (418, """{"code":"cut"}""") : (200, answer));
    }
}
