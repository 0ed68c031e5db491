using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>What a gate is told about whom it may let in while it is alone.</summary>
public sealed class AllowListTests(HttpClub club) : IClassFixture<HttpClub>
{
    private const string Path = "/api/gates/v1/allow-list";

    [Fact]
    public async Task List_HoldsWhoMayComeIn_AndNothingElse()
    {
        var place = await club.Place();
        var elsewhere = await club.Place();
        var guest = await club.Guest(place);
        var other = await club.Guest(elsewhere);
        var unpaid = await club.Member();
        await club.Membership(unpaid, place.Plan, club.Clock.Day(-1), paid: false);
        var unpaidBadge = await club.Badge(unpaid);

        var list = await Fetch(place.Gate, 0);

        Assert.True(list.Body.GetProperty("full").GetBoolean());
        var entry = Assert.Single(Upserts(list));
        Assert.Equal(Hash(place.Gate, guest.Badge), entry.GetProperty("h").GetString());
        Assert.Equal(place.Zone, entry.GetProperty("zones")[0].GetString());
        Assert.NotEqual(Hash(place.Gate, other.Badge), entry.GetProperty("h").GetString());
        Assert.NotEqual(Hash(place.Gate, unpaidBadge), entry.GetProperty("h").GetString());
        Assert.DoesNotContain("Ruth", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(guest.Badge, list.Text, StringComparison.Ordinal);
        var now = club.Clock.GetUtcNow();
        Assert.InRange(entry.GetProperty("notAfter").GetDateTimeOffset(), now.AddHours(47), now.AddHours(73));
        Assert.True(entry.GetProperty("notBefore").GetDateTimeOffset() < now);
    }

    [Fact]
    public async Task List_IsSigned_OverItsBytes_ForThisGateOnly()
    {
        var place = await club.Place();
        await club.Guest(place);
        using var clubKey = await ClubKey(place.Gate);

        var list = await Fetch(place.Gate, 0);

        var cut = list.Text.LastIndexOf(",\"signature\":\"", StringComparison.Ordinal);
        var signature = Base64Url.DecodeFromChars(list["signature"]);
        Assert.True(clubKey.VerifyData(
            Encoding.UTF8.GetBytes($"smartclub/allow-list/v1\n{place.Gate.Id}\n{list.Text[..cut]}"), signature,
            HashAlgorithmName.SHA256));
        Assert.False(clubKey.VerifyData(
            Encoding.UTF8.GetBytes($"smartclub/allow-list/v1\ngat_x\n{list.Text[..cut]}"), signature,
            HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task Badge_ThatWentAndCameBackWithAnotherMember_IsOnTheList()
    {
        var (place, imports) = (await club.Place(), new ImportSteps(club));
        var badge = "L" + imports.Tag();
        var csv = $"firstName,lastName,plan,badge\nRuth,Lukusa,{place.Plan},{badge}\n";
        var import = (await imports.Import(csv)).ImportId;
        var first = await Fetch(place.Gate, 0);
        Assert.Equal([Hash(place.Gate, badge)], Hashes(first));

        await imports.Undo(import);
        var without = await Fetch(place.Gate, Version(first));
        Assert.Equal(Hash(place.Gate, badge), Assert.Single(Removed(without)));

        // A gate that was away all the while hears of the end of the one and of the beginning of the other at once.
        await imports.Import(csv);
        var again = await Fetch(place.Gate, Version(first));
        Assert.Equal([Hash(place.Gate, badge)], Hashes(again));
        Assert.Empty(Removed(again));
        Assert.Equal([Hash(place.Gate, badge)], Hashes(await Fetch(place.Gate, 0)));
    }

    [Fact]
    public async Task Delta_HoldsOnlyWhatIsNew_AlsoForTheNextSilo()
    {
        var place = await club.Place();
        var first = await club.Guest(place);
        var known = Version(await Fetch(place.Gate, 0));
        var second = await club.Guest(place);

        var more = await Fetch(place.Gate, known);
        Assert.False(more.Body.GetProperty("full").GetBoolean());
        Assert.Equal([Hash(place.Gate, second.Badge)], Hashes(more));
        Assert.Empty(Upserts(await Fetch(place.Gate, Version(more))));

        (await club.Admin.Post($"/api/members/{first.Member}/suspend", new { reason = "impayé" })).Ok();
        var less = await Fetch(place.Gate, Version(more));
        Assert.Empty(Upserts(less));
        Assert.Equal(Hash(place.Gate, first.Badge), Assert.Single(Removed(less)));

        await club.Restart();
        await club.SignInAdmin();
        var same = await Fetch(place.Gate, Version(more));
        Assert.False(same.Body.GetProperty("full").GetBoolean());
        Assert.Equal(Hash(place.Gate, first.Badge), Assert.Single(Removed(same)));
        (await club.Admin.Post($"/api/members/{first.Member}/resume", new { reason = "réglé" })).Ok();
        Assert.Equal([Hash(place.Gate, first.Badge)], Hashes(await Fetch(place.Gate, Version(same))));
    }

    [Fact]
    public async Task Right_LivesShorter_WhenVisitsRunOut_AndEndsWithTheLastOne()
    {
        var place = await club.Place(visitsPerPeriod: 1);
        var guest = await club.Guest(place);

        var entry = Assert.Single(Upserts(await Fetch(place.Gate, 0)));
        Assert.InRange(
            entry.GetProperty("notAfter").GetDateTimeOffset() - club.Clock.GetUtcNow(),
            TimeSpan.FromHours(7), TimeSpan.FromHours(13));

        var known = Version(await Fetch(place.Gate, 0));
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        var spent = await Fetch(place.Gate, known);
        Assert.Equal(Hash(place.Gate, guest.Badge), Assert.Single(Removed(spent)));
    }

    [Fact]
    public async Task DisabledGate_MayLetNobodyIn_UntilItIsEnabled()
    {
        var place = await club.Place();
        await club.Guest(place);
        var known = Version(await Fetch(place.Gate, 0));
        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/disable")).Ok();

        var closed = await Fetch(place.Gate, known);
        Assert.True(closed.Body.GetProperty("full").GetBoolean());
        Assert.Empty(Upserts(closed));

        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enable")).Ok();
        Assert.Single(Upserts(await Fetch(place.Gate, Version(closed))));
    }

    [Theory]
    [InlineData("?since=x")]
    [InlineData("?since=-1")]
    public async Task List_RefusesWhatIsNoVersion(string query)
    {
        var gate = (await club.Place()).Gate;
        (await gate.Fetch(Path + query)).Refused(400, "invalid_request");
    }

    private static async Task<ECDsa> ClubKey(GateDevice gate)
    {
        var answer = (await gate.Fetch("/api/gates/v1/club-key")).Ok();
        var proof = HMACSHA256.HashData(
            gate.Key, Encoding.ASCII.GetBytes("smartclub/club-key/v1\n" + answer["publicKey"]));
        Assert.Equal(Convert.ToHexStringLower(proof), answer["proof"]);
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(answer["publicKey"]), out _);
        return key;
    }

    private static async Task<Reply> Fetch(GateDevice gate, long since) =>
        (await gate.Fetch($"{Path}?since={since.ToString(CultureInfo.InvariantCulture)}")).Ok();

    private static long Version(Reply list) => list.Body.GetProperty("version").GetInt64();

    private static List<JsonElement> Upserts(Reply list) => [.. list.Body.GetProperty("upsert").EnumerateArray()];

    private static List<string?> Hashes(Reply list) => Upserts(list).ConvertAll(e => e.GetProperty("h").GetString());

    private static List<string?> Removed(Reply list) =>
        [.. list.Body.GetProperty("remove").EnumerateArray().Select(h => h.GetString())];

    // As the documents for makers of gates say it.
    internal static string Hash(GateDevice gate, string badge)
    {
        var listKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, gate.Key, 32, info: "smartclub/list-key"u8.ToArray());
        var hash = HMACSHA256.HashData(listKey, Encoding.UTF8.GetBytes("rfid\n" + badge));
        return Base64Url.EncodeToString(hash.AsSpan(0, 16));
    }
}
