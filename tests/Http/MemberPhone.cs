using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>A member's phone: it signs in with what the outbox holds, has a key, and shows passes.</summary>
internal sealed partial class MemberPhone(HttpClub club) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Api Me { get; private set; } = null!;

    public string KeyId { get; private set; } = "";

    public object Jwk
    {
        get
        {
            var point = key.ExportParameters(false).Q;
            return new
            {
                kty = "EC",
                crv = "P-256",
                x = Base64Url.EncodeToString(point.X),
                y = Base64Url.EncodeToString(point.Y),
            };
        }
    }

    public void Dispose() => key.Dispose();

    /// <summary>A member with an address, who has signed in and given this phone a key.</summary>
    public static async Task<(string Member, MemberPhone Phone)> Of(HttpClub club)
    {
        var (member, address) = await club.MemberWithAddress();
        var phone = new MemberPhone(club);
        await phone.SignIn(address);
        await phone.Enrol();
        return (member, phone);
    }

    public async Task SignIn(string address)
    {
        var mail = await club.Mail(address);
        var opened = await club.Stranger.Post("/api/me/session", new { email = address, code = Code(mail) });
        Me = new Api(() => club.Silo.Http, opened.Ok()["accessToken"]);
    }

    public async Task Enrol() =>
        KeyId = (await Me.Post("/api/me/pass-keys", new { publicKey = Jwk, device = "Tecno Spark" })).Ok()["id"];

    /// <summary>A pass signed at a moment, by default now.</summary>
    public string Pass(DateTimeOffset? at = null, string? keyId = null)
    {
        var payload = $"{{\"k\":\"{keyId ?? KeyId}\",\"t\":{(at ?? club.Clock.GetUtcNow()).ToUnixTimeSeconds()},"
            + $"\"n\":\"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8))}\"}}";
        return Sign(payload);
    }

    public string Sign(string payload)
    {
        var signed = "SC1." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The six digits of a mail.</summary>
    public static string Code(Reply mail) => CodeLine().Match(mail["text"]).Groups[1].Value;

    /// <summary>What the link of a mail carries.</summary>
    public static string Link(Reply mail) => LinkLine().Match(mail["text"]).Groups[1].Value;

    [GeneratedRegex(@"^ {4}(\d{3}\u00a0\d{3})", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"/app/sign-in#(\S+)")]
    private static partial Regex LinkLine();
}

/// <summary>Steps with mails.</summary>
internal static class MailSteps
{
    public static async Task<(string Member, string Address)> MemberWithAddress(
        this HttpClub club, string? address = null)
    {
        address ??= $"ruth{club.Number()}@example.org";
        var made = await club.Admin.Post(
            "/api/members", new { firstName = "Ruth", lastName = "Lukusa", email = address });
        return (made.Ok()["id"], address);
    }

    /// <summary>Asks for a mail to sign in with, and waits until the outbox has sent it.</summary>
    public static async Task<Reply> Mail(this HttpClub club, string address, string language = "fr")
    {
        var before = (await club.Mails(address)).Count;
        (await club.Stranger.Post("/api/me/sign-in", new { email = address }, ("Accept-Language", language))).Ok();
        return await Arrived().Happens("a mail arrives");

        async Task<Reply> Arrived()
        {
            while (true)
            {
                if (await club.Mails(address) is var mails && mails.Count > before)
                {
                    return (await club.Admin.Get($"/api/outbox/{mails[0]}")).Ok();
                }
            }
        }
    }

    /// <summary>The mails to an address that were sent, newest first.</summary>
    public static async Task<IReadOnlyList<string>> Mails(this HttpClub club, string address) =>
    [
        .. (await club.Admin.Get("/api/outbox")).Ok().Items
            .Where(m => m.GetProperty("to").GetString() == address && m.GetProperty("status").GetString() == "sent")
            .Select(m => m.GetProperty("id").GetString()!),
    ];
}
