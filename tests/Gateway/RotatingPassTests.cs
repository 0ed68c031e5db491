using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Gateway;

/// <summary>What the gateway takes for a rotating pass, and what it never does.</summary>
public sealed class RotatingPassTests
{
    private const int BadPasses = 102_000;
    private static readonly CredentialId Phone = Town.Id<CredentialTag>("phone");
    private static readonly CredentialId OtherPhone = Town.Id<CredentialTag>("other phone");
    private static readonly MemberId Member = Town.Id<MemberTag>("ruth");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly StillClock clock = new(new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero));
    private readonly PassDesk desk;

    public RotatingPassTests()
    {
        var keys = new PassKeyMirror();
        Know(keys, Phone, key);
        Know(keys, OtherPhone, otherKey);
        desk = new PassDesk(keys, clock);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public void Pass_NamesItsMember_AndWhatMakesItThisOne()
    {
        var found = desk.Check(Pass(Now, "AAAAAAAAAAE"))!.Value;
        Assert.Equal(new CredentialOwner(Member, Phone), found.Owner);
        Assert.Equal((PassVerdict.Good, new PassUse(1, found.Use.SignedAt)), (found.Verdict, found.Use));
    }

    [Theory]
    [InlineData(-36, PassVerdict.Expired)]
    [InlineData(-34, PassVerdict.Good)]
    [InlineData(33, PassVerdict.Good)]
    [InlineData(37, PassVerdict.Expired)]
    [InlineData(-300, PassVerdict.Expired)]
    [InlineData(300, PassVerdict.Expired)]
    [InlineData(-1_000_000, PassVerdict.Expired)]
    public void Pass_IsGood_ForThirtyFiveSeconds(int seconds, PassVerdict verdict)
    {
        Assert.Equal(verdict, desk.Check(Pass(Now + seconds))!.Value.Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SC1.")]
    [InlineData("SC1..")]
    [InlineData("SC1.e30.AA")]
    [InlineData("sc1.e30.AA")]
    public void WhatIsNoPass_NamesNobody(string value) => Assert.Null(desk.Check(value));

    [Fact]
    public void Payload_IsTakenOnlyAsTheContractWritesIt()
    {
        var n = "AAAAAAAAAAE";
        Assert.NotNull(desk.Check(Sign($"{{\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"{n}\"}}")));
        Assert.NotNull(desk.Check(Sign($"{{ \"n\":\"{n}\", \"t\":{Now}, \"k\":\"{Phone}\" }}")));
        string[] others =
        [
            $"{{\"k\":\"{Phone}\",\"t\":{Now}}}",
            $"{{\"k\":\"{Phone}\",\"t\":\"{Now}\",\"n\":\"{n}\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":{Now}.5,\"n\":\"{n}\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":-{Now},\"n\":\"{n}\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":9223372036854775807,\"n\":\"{n}\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"AAAAAAAAAA\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"AAAAAAAAAAF\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"{n}\",\"x\":1}}",
            $"{{\"k\":\"{Phone}\",\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"{n}\"}}",
            $"{{\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"\\u0041AAAAAAAAAE\"}}",
            $"{{\"k\":\"{Phone.ToString().ToUpperInvariant()}\",\"t\":{Now},\"n\":\"{n}\"}}",
            $"[\"{Phone}\",{Now},\"{n}\"]",
            $"{{\"k\":\"{Phone}\",\"t\":{Now},\"n\":\"{n}\"}}{{}}",
            "null",
        ];
        Assert.All(others, payload => Assert.Null(desk.Check(Sign(payload))));
    }

    [Fact]
    public void EditedPayload_EditedSignature_OtherPhone_NameNobody()
    {
        var good = Pass(Now);
        var parts = good.Split('.');
        var edited = Text($"{{\"k\":\"{Phone}\",\"t\":{Now + 1},\"n\":\"AAAAAAAAAAE\"}}");
        Assert.Null(desk.Check($"SC1.{edited}.{parts[2]}"));
        Assert.Null(desk.Check(good[..^2] + (good[^2] == 'A' ? "BA" : "AA")));
        Assert.Null(desk.Check(Pass(Now, phone: OtherPhone)));
        Assert.Null(desk.Check(Pass(Now, phone: Town.Id<CredentialTag>("nobody's"))));
        Assert.Null(desk.Check($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}"));
    }

    /// <summary>Good passes that were changed in one of many ways: none names anybody, unless it is old.</summary>
    [Fact]
    public void GeneratedBadPasses_AreNeverGood()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var dice = new Random(seed);
        var good = Enumerable.Range(0, 64).Select(_ => Pass(Now, Nonce(dice))).ToArray();
        var accepted = 0;
        var read = 0;
        for (var i = 0; i < BadPasses; i++)
        {
            var bad = Spoil(good[dice.Next(good.Length)], good[dice.Next(good.Length)], dice, i % 12);
            read += RotatingPass.TryRead(bad, out _) ? 1 : 0;
            accepted += desk.Check(bad) is { Verdict: PassVerdict.Good } && Array.IndexOf(good, bad) < 0 ? 1 : 0;
        }

        Assert.True(accepted == 0, $"{accepted} of {BadPasses} bad passes were good; seed {seed}.");
        Assert.True(read > BadPasses / 4, $"Only {read} looked like passes at all; seed {seed}.");
        Assert.All(good, pass => Assert.Equal(PassVerdict.Good, desk.Check(pass)!.Value.Verdict));
    }

    private string Spoil(string pass, string other, Random dice, int way)
    {
        var parts = pass.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var signature = Base64Url.DecodeFromChars(parts[2]);
        switch (way)
        {
            case 0: // a letter of the payload
                return $"SC1.{Swap(parts[1], dice)}.{parts[2]}";
            case 1: // a bit of the signature
                signature[dice.Next(64)] ^= (byte)(1 << dice.Next(8));
                return $"SC1.{parts[1]}.{Base64Url.EncodeToString(signature)}";
            case 2: // a letter of the signature
                return $"SC1.{parts[1]}.{Swap(parts[2], dice)}";
            case 3: // another time
                return $"SC1.{Text(payload.Replace($"\"t\":", $"\"t\":{dice.Next(1, 9)}"))}.{parts[2]}";
            case 4: // another phone
                return $"SC1.{Text(payload.Replace(Phone.ToString(), OtherPhone.ToString()))}.{parts[2]}";
            case 5: // the signature of another pass
                return $"SC1.{parts[1]}.{other.Split('.')[2]}" is var mixed && mixed == pass
                    ? $"SC1.{parts[1]}.AA"
                    : mixed;
            case 6: // signed by another phone
                return Sign(payload, otherKey);
            case 7: // a random signature
                dice.NextBytes(signature);
                return $"SC1.{parts[1]}.{Base64Url.EncodeToString(signature)}";
            case 8: // a random payload, well signed
                return Sign(new string([.. Enumerable.Range(0, dice.Next(80)).Select(_ => (char)dice.Next(32, 126))]));
            case 9: // too old or from the future, well signed
                return Pass(Now + (dice.Next(2) == 0 ? -dice.Next(60, 100_000) : dice.Next(60, 100_000)), Nonce(dice));
            case 10: // cut
                return pass[..dice.Next(pass.Length)];
            default: // padded, doubled, with space
                return dice.Next(3) switch
                {
                    0 => pass + "=",
                    1 => pass + pass,
                    _ => " " + pass,
                };
        }
    }

    private static string Swap(string text, Random dice)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var at = dice.Next(text.Length);
        var letter = letters[dice.Next(letters.Length)];
        return text[at] == letter ? text[..at] : text[..at] + letter + text[(at + 1)..];
    }

    private static string Nonce(Random dice)
    {
        var bytes = new byte[8];
        dice.NextBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    private static string Text(string payload) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));

    private static void Know(PassKeyMirror keys, CredentialId id, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        keys.Put(id.ToString(), new Dictionary<string, object?>
        {
            ["member_id"] = Member.ToString(),
            ["public_key"] = Base64Url.EncodeToString([.. point.X!, .. point.Y!]),
            ["revoked"] = false,
        });
    }

    private string Pass(long at, string nonce = "AAAAAAAAAAE", CredentialId? phone = null) =>
        Sign($"{{\"k\":\"{phone ?? Phone}\",\"t\":{at},\"n\":\"{nonce}\"}}");

    private string Sign(string payload, ECDsa? by = null)
    {
        var signed = "SC1." + Text(payload);
        return $"{signed}." + Base64Url.EncodeToString((by ?? key).SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    // However long a run takes, a good pass stays good in it.
    private sealed class StillClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
