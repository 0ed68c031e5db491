using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>
/// Checks the signed headers of the gate protocol, in the order of the contract: device, signature, clock, sequence.
/// A refusal uses nothing up.
/// </summary>
public sealed class SignedRequest(DeviceRegistry devices, IGrains grains, SiloHost silo, TimeProvider time)
{
    private const string NextKeyUsed = "next_key_used";
    private const int HashHexLength = 64;

    /// <summary>
    /// The device of a request and its body as parsed by <paramref name="read"/>; or null, and the refusal is written.
    /// </summary>
    public async ValueTask<(Device Device, TBody Body)?> Check<TBody>(
        HttpContext http, Func<ReadOnlySequence<byte>, TBody?> read)
        where TBody : class
    {
        if (await devices.Find(http.Request.Headers["X-Gate-Device"].ToString()) is not { } device)
        {
            await Problems.Write(http, "unknown_device");
            return null;
        }

        if (await ReadBody(http.Request) is not { } buffer)
        {
            await Problems.Write(http, "request_too_large");
            return null;
        }

        var problem = Find(http.Request, device, buffer);
        if (problem == NextKeyUsed)
        {
            device = await ChangeKey(device);
            problem = Find(http.Request, device, buffer);
        }

        var body = problem is null ? read(buffer) : null;
        http.Request.BodyReader.AdvanceTo(buffer.End);
        if (problem is not null)
        {
            await Problems.Write(
                http, problem, more: problem == "clock_skew" ? new() { ["serverTime"] = time.GetUtcNow() } : null);
            return null;
        }

        if (body is null)
        {
            await Problems.Write(http, "invalid_request");
            return null;
        }

        device.Telemetry = device.Telemetry with { LastSeenAt = time.GetUtcNow() };
        return (device, body);
    }

    // The first request under the next key ends the one before.
    private async Task<Device> ChangeKey(Device device)
    {
        var confirm = new ConfirmGateKey(device.Id, device.KeyVersion + 1);
        await grains.Send(confirm, new Envelope(CommandIds.New(), Caller.System)).WaitAsync(Limits.OutcomeWait, time);
        return (await devices.Find(device.Id.ToString()))!;
    }

    private string? Find(HttpRequest request, Device device, ReadOnlySequence<byte> body)
    {
        var timeText = request.Headers["X-Gate-Time"].ToString();
        var sequenceText = request.Headers["X-Gate-Seq"].ToString();
        if (!IsSigned(request, device.Key, timeText, sequenceText, body)
            || !long.TryParse(timeText, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !ulong.TryParse(sequenceText, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return device.NextKey is { } next && IsSigned(request, next, timeText, sequenceText, body)
                ? NextKeyUsed
                : "bad_signature";
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)Limits.GateClockSkew.TotalSeconds;
        if (seconds < now - skew || seconds > now + skew || seconds < silo.ActiveSince?.ToUnixTimeSeconds())
        {
            return "clock_skew";
        }

        return device.Sequences.TryUse(sequence) ? null : "replayed";
    }

    private static bool IsSigned(
        HttpRequest request, byte[] key, string time, string sequence, ReadOnlySequence<byte> body)
    {
        const string version = "v1=";
        var given = request.Headers["X-Gate-Signature"].ToString();
        Span<byte> claimed = stackalloc byte[32];
        if (given.Length != version.Length + HashHexLength || !given.StartsWith(version, StringComparison.Ordinal)
            || Convert.FromHexString(given.AsSpan(version.Length), claimed, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        // The path as it came over the wire: what the device signed, before any decoding.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Length > 1_024 || time.Length > 20 || sequence.Length > 20)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[32];
        HashBody(body, hash);
        Span<byte> text = stackalloc byte[4_096];
        Span<char> hex = stackalloc char[HashHexLength];
        Convert.TryToHexStringLower(hash, hex, out _);
        if (!Utf8.TryWrite(text, $"{request.Method}\n{target}\n{time}\n{sequence}\n{hex}", out var length))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[32];
        KeyedHash.Compute(key, text[..length], expected);
        return CryptographicOperations.FixedTimeEquals(expected, claimed);
    }

    private static void HashBody(ReadOnlySequence<byte> body, Span<byte> hash)
    {
        if (body.IsSingleSegment)
        {
            SHA256.HashData(body.FirstSpan, hash);
            return;
        }

        using var incremental = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in body)
        {
            incremental.AppendData(segment.Span);
        }

        incremental.GetHashAndReset(hash);
    }

    private static async ValueTask<ReadOnlySequence<byte>?> ReadBody(HttpRequest request)
    {
        if (request.ContentLength > Limits.GateRequestBytes)
        {
            return null;
        }

        while (true)
        {
            var result = await request.BodyReader.ReadAsync();
            if (result.Buffer.Length > Limits.GateRequestBytes)
            {
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                return result.Buffer;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
