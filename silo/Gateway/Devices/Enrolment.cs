using System.Security.Cryptography;
using System.Text;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices.Lists;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>A device asks to become a gate.</summary>
/// <param name="Code">The code that staff gave to whoever installs it.</param>
/// <param name="Nonce">16 to 64 random characters that the device keeps: a repeat with them gets the same answer.
/// </param>
public sealed record EnrolRequest(string? Code, string? Nonce);

/// <summary>A device asks for its next key.</summary>
/// <param name="Nonce">As in <see cref="EnrolRequest"/>.</param>
public sealed record NextKeyRequest(string? Nonce);

/// <summary>All that a device needs to be a gate.</summary>
public sealed record EnrolAnswer(
    string Id, string Key, int KeyVersion, string Name, string SiteId, string ZoneId, GateDirection Direction,
    bool ConfirmsPassage, string TimeZone, string ClubPublicKey, long? Position);

/// <summary>The gate's next key; it counts from its first use, and ends the one before.</summary>
public sealed record NextKeyAnswer(string Key, int KeyVersion, long? Position);

/// <summary>How a device gets its first key by a one-time code, and the next one by the one it has.</summary>
public static class Enrolment
{
    private const int CodeLetters = 12;
    private const int GroupLetters = 4;

    // No letter that looks like another one.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Maps the call of a device that has a key.</summary>
    public static void MapNextKey(this IEndpointRouteBuilder gates) =>
        gates.MapPost("/key", NextKey).WithSummary("The gate's next key; its first use ends the one before.")
            .TakesBody<NextKeyRequest>().Produces<NextKeyAnswer>();

    /// <summary>Maps the call of a device that has none: the code is all that it can show.</summary>
    public static void MapEnrolment(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/gates/enrol", Enrol).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .WithTags("Gate protocol").Documented("EnrolDevice", "A device becomes a gate, by a code that staff made.")
            .TakesBody<EnrolRequest>().Produces<EnrolAnswer>().Refuses(400, 401, 415, 503);

    /// <summary>The code that a command makes, in groups that can be read out.</summary>
    public static string CodeOf(ClubKeys keys, CommandId command)
    {
        var bytes = HMACSHA256.HashData(keys.EnrolmentCodes, command.Value.ToByteArray(bigEndian: true));
        var text = new StringBuilder();
        for (var i = 0; i < CodeLetters; i++)
        {
            text.Append(i > 0 && i % GroupLetters == 0 ? "-" : "").Append(Letters[bytes[i] % Letters.Length]);
        }

        return text.ToString();
    }

    /// <summary>What stands for a code in the journal, however somebody typed it.</summary>
    public static string HashOf(ClubKeys keys, string code)
    {
        var typed = string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(keys.EnrolmentCodes, Encoding.UTF8.GetBytes("code\n" + typed)).AsSpan(0, 16));
    }

    private static Task<IResult> Enrol(HttpContext http, IServiceProvider services, SiloHost silo)
    {
        http.Response.Headers.CacheControl = "no-store";
        return !silo.IsActive
            ? Task.FromResult(Problems.Of("not_active"))
            : http.WithBody<EnrolRequest>((body, fields) =>
            {
                var code = fields.Text("code", body.Code, CodeLetters * 4);
                if (!IsNonce(body.Nonce))
                {
                    fields.Wrong("nonce", "invalid");
                }

                return fields.Then(() => services.GetRequiredService<EnrolmentDesk>().Enrol(code, body.Nonce!));
            });
    }

    private static async Task NextKey(HttpContext http, SignedRequest signed, EnrolmentDesk desk, SiloHost silo)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await signed.Check(http, GateJson.ReadNextKey) is not var (device, request))
        {
            return;
        }

        var (next, problem) = await desk.NextKey(device, request.Nonce!);
        await (!silo.IsActive ? Problems.Write(http, "not_active")
            : next is null ? Problems.Write(http, problem!)
            : GateJson.Write(http, next));
    }

    /// <summary>Whether a text can be a device's own mark on a request.</summary>
    internal static bool IsNonce(string? nonce) =>
        nonce is { Length: >= 16 and <= 64 } && nonce.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>Hands out keys to devices.</summary>
public sealed class EnrolmentDesk(
    IGrains grains, ClubKeys keys, EnrolmentMirror enrolments, GateMirror gates, SiteMirror sites, TimeProvider time)
{
    /// <summary>A device with a code takes a gate's place.</summary>
    public async Task<IResult> Enrol(string code, string nonce)
    {
        var hash = Enrolment.HashOf(keys, code);
        if (enrolments.Find(hash) is not { } gate)
        {
            return Problems.Of("invalid_code");
        }

        var id = CommandId.Of("gate-enrol", hash, nonce);
        var key = GateKeys.Of(keys, id);
        var answered = await Ask(new EnrolGate(gate, hash, key), id, Caller.Gate(gate));
        if (answered?.Answer is not { Outcome: GateKeyReplaced replaced })
        {
            return Problems.Of(answered?.Answer.Refusal?.Code ?? "outcome_open");
        }

        var facts = gates.Find(gate)!;
        return Results.Json(
            new EnrolAnswer(
                gate.ToString(), key, replaced.KeyVersion, facts.Name, facts.SiteId.ToString(),
                facts.ZoneId.ToString(), facts.Direction, facts.ConfirmsPassage,
                sites.Find(facts.SiteId)!.TimeZone.Id, ListProtocol.PublicKey(keys), answered.Value.Position),
            ApiJson.Options);
    }

    /// <summary>A gate's next key, or the code of the problem.</summary>
    public async Task<(NextKeyAnswer? Next, string? Problem)> NextKey(Device device, string nonce)
    {
        var id = CommandId.Of("gate-next-key", device.Id.ToString(), nonce);
        var key = GateKeys.Of(keys, id);
        var answered = await Ask(new PrepareGateKey(device.Id, key), id, device.Caller);
        return answered?.Answer is { Outcome: GateKeyReplaced next }
            ? (new NextKeyAnswer(key, next.KeyVersion, answered.Value.Position), null)
            : (null, answered?.Answer.Refusal?.Code ?? "outcome_open");
    }

    private async Task<Answered?> Ask(ICommand command, CommandId id, Caller caller)
    {
        try
        {
            return await grains.Send(command, new Envelope(id, caller)).WaitAsync(Limits.OutcomeWait, time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
