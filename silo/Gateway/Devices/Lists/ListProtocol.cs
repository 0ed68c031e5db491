using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Gateway.Devices.Lists;

/// <summary>A right as a gate may grant it by itself.</summary>
public sealed record ListedRight(
    string H, IReadOnlyList<string> Zones, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    IReadOnlyList<Setup.HoursRequest>? Schedule, IReadOnlyList<ListedKey>? PassKeys);

/// <summary>The key of a phone: its id as passes name it, and x and y of its point, base64url.</summary>
public sealed record ListedKey(string K, string Key);

/// <summary>A gate's list, or what has changed in it.</summary>
public sealed record ListAnswer(
    long Version, long Since, bool Full, string TimeZone, IReadOnlyList<ListedRight> Upsert,
    IReadOnlyList<string> Remove, DateTimeOffset ExpiresAt, string Signature);

/// <summary>The key that the club signs lists with, and the proof that the club says so.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo of a P-256 key, base64.</param>
/// <param name="Proof">HMAC-SHA256(gate key, <c>smartclub/club-key/v1</c>, line feed, public key), hex.</param>
public sealed record ClubKeyAnswer(string PublicKey, string Proof);

/// <summary>The calls by which gates get their list.</summary>
public static class ListProtocol
{
    private static readonly object Nothing = new();

    /// <summary>Registers what lists are made of.</summary>
    public static IServiceCollection AddAllowLists(this IServiceCollection services) => services
        .AddSingleton<Views.Queries.DoorRightsStart>()
        .AddSingleton<DoorBook>()
        .AddSingleton<IStartsWithSilo>(p => p.GetRequiredService<DoorBook>())
        .AddSingleton<AllowList>();

    /// <summary>Maps the calls.</summary>
    public static void MapAllowLists(this IEndpointRouteBuilder gates)
    {
        gates.MapGet("/allow-list", List).WithSummary("Whom the gate may let in while it is alone: whole, or changes.")
            .Produces<ListAnswer>();
        gates.MapGet("/club-key", ClubKey).WithSummary("The key that the club signs lists with.")
            .Produces<ClubKeyAnswer>();
    }

    /// <summary>The public key of the club, as devices get it.</summary>
    public static string PublicKey(ClubKeys keys) =>
        Convert.ToBase64String(keys.ListSigning.ExportSubjectPublicKeyInfo());

    private static async Task List(
        HttpContext http, SignedRequest signed, DoorBook book, Feed feed, AllowList list, SiloHost silo)
    {
        if (await signed.Check(http, NoBody) is not var (device, _))
        {
            return;
        }

        var given = http.Request.Query["since"].ToString();
        var since = 0L;
        if (given.Length > 0 && !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out since))
        {
            await Problems.Write(http, "invalid_request");
            return;
        }

        // Whoever was told "badge withdrawn" must not find it on a list that was asked for afterwards.
        if (!await book.Reaches(feed.Head))
        {
            await Problems.Write(http, "view_behind");
            return;
        }

        var answer = list.Write(device, since);
        if (!silo.IsActive)
        {
            await Problems.Write(http, "not_active");
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer);
    }

    private static async Task ClubKey(HttpContext http, SignedRequest signed, ClubKeys keys)
    {
        if (await signed.Check(http, NoBody) is not var (device, _))
        {
            return;
        }

        var publicKey = PublicKey(keys);
        var proof = HMACSHA256.HashData(
            device.Key, System.Text.Encoding.ASCII.GetBytes("smartclub/club-key/v1\n" + publicKey));
        await GateJson.Write(http, new ClubKeyAnswer(publicKey, Convert.ToHexStringLower(proof)));
    }

    private static object? NoBody(ReadOnlySequence<byte> body) => body.IsEmpty ? Nothing : null;
}
