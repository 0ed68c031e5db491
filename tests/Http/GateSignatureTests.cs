using System.Globalization;
using System.Text;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Http;

/// <summary>Whose requests the gate protocol takes, and what each refusal leaves untouched.</summary>
public sealed class GateSignatureTests(HttpClub club) : IClassFixture<HttpClub>
{
    private const string Beat = "/api/gates/v1/heartbeat";

    private static readonly object Body =
        new { uptimeSeconds = 1, queueLength = 0, listVersion = 0, doorState = "closed" };

    [Fact]
    public void Signature_IsThatOfTheContract() => Assert.Equal(
        "v1=c0b10199c7d58bb23b03576d03dfc3d00a5bf6ad27e6bb4215602f50ab894dc5",
        GateSignature.Sign(
            "gate_key_test"u8, "POST", "/api/gates/v1/events", 1767225600, 42,
            """{"deviceId":"gate-01","seq":42,"type":"access.check"}"""u8));

    [Fact]
    public async Task Request_IsRefused_InTheOrderOfTheContract()
    {
        var gate = (await club.Place()).Gate;
        (await gate.Send(Beat, Body)).Ok();
        var allWrong = new Signed
        {
            Device = "gat_00000000000000000000000000",
            Key = new byte[32],
            Time = Seconds(-121),
            Sequence = "1",
        };

        (await gate.Send(Beat, Body, allWrong)).Refused(401, "unknown_device");
        (await gate.Send(Beat, Body, allWrong with { Device = null })).Refused(401, "bad_signature");
        var skewed = (await gate.Send(Beat, Body, allWrong with { Device = null, Key = null }))
            .Refused(401, "clock_skew");
        var told = DateTimeOffset.Parse(skewed["serverTime"], CultureInfo.InvariantCulture);
        Assert.InRange(told, club.Clock.GetUtcNow().AddSeconds(-30), club.Clock.GetUtcNow());
        (await gate.Send(Beat, Body, new Signed { Sequence = "1" })).Refused(401, "replayed");
        (await gate.Send(Beat, Body, new Signed { Sequence = "2" })).Ok();
    }

    [Fact]
    public async Task Refusal_UsesUpNothing()
    {
        var gate = (await club.Place()).Gate;
        var next = new Signed { Sequence = "1" };

        (await gate.Send(Beat, Body, next with { Key = new byte[32] })).Refused(401, "bad_signature");
        (await gate.Send(Beat, Body, next with { Signature = "v1=00" })).Refused(401, "bad_signature");
        (await gate.Send(Beat, Body, next with { Time = Seconds(-121) })).Refused(401, "clock_skew");
        (await gate.Send(Beat, Body, next with { Time = Seconds(125) })).Refused(401, "clock_skew");
        (await gate.Send(Beat, Body, next)).Ok();
        (await gate.Send(Beat, Body, next)).Refused(401, "replayed");
    }

    [Fact]
    public async Task Signature_CoversMethodPathQueryTimeSequenceAndBody()
    {
        var gate = (await club.Place()).Gate;
        var bytes = Encoding.UTF8.GetBytes(
            """{"uptimeSeconds":1,"queueLength":0,"listVersion":0,"doorState":"closed"}""");
        var now = long.Parse(Seconds(0), CultureInfo.InvariantCulture);
        string Sign(string method, string path, long time, ulong number, byte[] body) =>
            GateSignature.Sign(gate.Key, method, path, time, number, body);
        var good = new Signed { Time = Seconds(0, now), Sequence = "7" };

        foreach (var forged in (string[])
        [
            Sign("PUT", Beat, now, 7, bytes), Sign("POST", "/api/gates/v1/access", now, 7, bytes),
            Sign("POST", Beat + "?a=1", now, 7, bytes), Sign("POST", Beat, now + 1, 7, bytes),
            Sign("POST", Beat, now, 8, bytes), Sign("POST", Beat, now, 7, [.. bytes, 32]),
        ])
        {
            (await gate.Send(Beat, bytes, good with { Signature = forged })).Refused(401, "bad_signature");
        }

        (await gate.Send(Beat + "?a=%20b", bytes, good)).Ok();
    }

    [Fact]
    public async Task Sequences_MayComeOutOfOrder_InsideTheWindow()
    {
        var gate = (await club.Place()).Gate;
        Task<Reply> At(long number) => gate.Send(
            Beat, Body, new Signed { Sequence = number.ToString(CultureInfo.InvariantCulture) });

        (await At(5_000)).Ok();
        (await At(4_000)).Ok();
        (await At(3_977)).Ok();
        (await At(3_976)).Refused(401, "replayed");
        (await At(4_999)).Ok();
        (await At(4_000)).Refused(401, "replayed");
        (await At(5_001)).Ok();
        (await At(3_977)).Refused(401, "replayed");
        (await gate.Send(Beat, Body, new Signed { Sequence = ulong.MaxValue.ToString(CultureInfo.InvariantCulture) }))
            .Ok();
    }

    [Fact]
    public async Task Request_IsRefused_WhenItWasSignedBeforeThisSiloBecameActive()
    {
        var gate = (await club.Place()).Gate;
        await club.Restart();
        var second = club.Silo.Host.ActiveSince!.Value.ToUnixTimeSeconds();

        (await gate.Send(Beat, Body, new Signed { Time = Seconds(-1, second), Sequence = "1" }))
            .Refused(401, "clock_skew");
        (await gate.Send(Beat, Body, new Signed { Time = Seconds(0, second), Sequence = "1" })).Ok();
    }

    [Fact]
    public async Task Key_EndsAtOnce_WhenItIsReplaced()
    {
        var gate = (await club.Place()).Gate;
        (await gate.Send(Beat, Body)).Ok();
        var replaced = (await club.Admin.Post($"/api/gates/{gate.Id}/key")).Ok();
        Assert.Equal("no-store", replaced.Headers.CacheControl?.ToString());

        (await gate.Send(Beat, Body)).Refused(401, "bad_signature");
        var renewed = new GateDevice(club, gate.Id, Convert.FromBase64String(replaced["key"]));
        Assert.Equal(32, renewed.Key.Length);
        (await renewed.Send(Beat, Body)).Ok();
    }

    [Fact]
    public async Task Heartbeat_ShowsTheGateAlive()
    {
        var gate = (await club.Place()).Gate;
        Assert.Equal("never", (await OnTheBoard(gate)).GetProperty("status").GetString());

        var answer = (await gate.Beat("held", 3)).Ok();

        Assert.Empty(answer.Body.GetProperty("commands").EnumerateArray());
        var shown = await OnTheBoard(gate);
        Assert.Equal("ok", shown.GetProperty("status").GetString());
        Assert.Equal("held", shown.GetProperty("doorState").GetString());
        Assert.Equal(3, shown.GetProperty("queueLength").GetInt32());
        Assert.NotNull(shown.GetProperty("lastSeenAt").GetString());
    }

    private async Task<System.Text.Json.JsonElement> OnTheBoard(GateDevice gate) =>
        (await club.Admin.Get("/api/live")).Ok().Body.GetProperty("gates").EnumerateArray()
            .Single(g => g.GetProperty("id").GetString() == gate.Id);

    private string Seconds(int offset, long? from = null) =>
        ((from ?? club.Clock.GetUtcNow().ToUnixTimeSeconds()) + offset).ToString(CultureInfo.InvariantCulture);
}
