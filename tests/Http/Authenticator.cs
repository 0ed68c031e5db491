using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>What a device does that holds one passkey, byte for byte (WebAuthn, attestation "none").</summary>
internal sealed class Authenticator(Func<string> origin) : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte HasKey = 0x40;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string owner = "";

    /// <summary>Whether its owner has unlocked it, by finger or PIN.</summary>
    public bool IsUnlocked { get; set; } = true;

    /// <summary>How often it was used, as it says.</summary>
    public uint Uses { get; set; }

    public string Id => Base64Url.EncodeToString(id);

    public void Dispose() => key.Dispose();

    /// <summary>Answers the question for a new passkey.</summary>
    public string Make(string options)
    {
        var asked = JsonDocument.Parse(options).RootElement;
        owner = asked.GetProperty("user").GetProperty("id").GetString()!;
        var client = Client("webauthn.create", asked);
        byte[] data = [.. Data(asked.GetProperty("rp").GetProperty("id").GetString()!, HasKey), .. Key()];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)data.Length);
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59,
            .. length, .. data,
        ];
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = (string[])["internal"],
        });
    }

    /// <summary>Answers the question who somebody is.</summary>
    public string Prove(string options)
    {
        var asked = JsonDocument.Parse(options).RootElement;
        var client = Client("webauthn.get", asked);
        Uses++;
        var data = Data(asked.GetProperty("rpId").GetString()!, 0);
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle = owner,
        });
    }

    private string Answer(object response) => JsonSerializer.Serialize(new
    {
        id = Id,
        rawId = Id,
        type = "public-key",
        clientExtensionResults = new { },
        response,
    });

    private byte[] Client(string type, JsonElement asked) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type,
        challenge = asked.GetProperty("challenge").GetString(),
        origin = origin(),
        crossOrigin = false,
    });

    private byte[] Data(string party, byte flags)
    {
        var uses = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(uses, Uses);
        var all = (byte)(flags | Present | (IsUnlocked ? Verified : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(party)), all, .. uses];
    }

    private byte[] Key()
    {
        var point = key.ExportParameters(false).Q;
        return
        [
            .. new byte[16], 0, (byte)id.Length, .. id, 0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20,
            .. point.X!, 0x22, 0x58, 0x20, .. point.Y!,
        ];
    }
}
