using System.Buffers;
using System.Text.Json;
using System.Text;
using Microsoft.AspNetCore.Http;
using SmartClub.Grains.Members.Commands;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Gateway;

/// <summary>The hand-written parts of the gate protocol's JSON do what the serialiser does for the rest.</summary>
public class GateJsonTests
{
    [Theory]
    [InlineData("""{"kind":"rfid","value":"04A1"}""")]
    [InlineData("""{"value":"04A1","kind":"rfid"}""")]
    [InlineData("""{"Kind":"rfid","VALUE":"04A1"}""")]
    [InlineData("""{"kind":"RFID","value":"04A1"}""")]
    [InlineData("""{"kind":"rfid","more":{"kind":["x"]},"value":"\u0030\u0034A1"}""")]
    public void Credential_IsRead(string credential)
    {
        var read = Read(credential)!.Credential!;
        Assert.Equal(CredentialKind.Rfid, read.Kind);
        Assert.Equal("04A1", read.Value);
    }

    [Theory]
    [InlineData("""{"kind":"rfid","kind":"rfid","value":"04A1"}""")]
    [InlineData("""{"kind":"rfid","value":"04A1","Value":"04A1"}""")]
    [InlineData("""{"kind":"magnet","value":"04A1"}""")]
    [InlineData("""{"kind":3,"value":"04A1"}""")]
    [InlineData("""{"kind":null,"value":"04A1"}""")]
    [InlineData("""{"kind":"rfid","value":null}""")]
    [InlineData("""{"kind":"rfid","value":12}""")]
    [InlineData("""{"kind":"rfid","value":""}""")]
    [InlineData("""{"kind":"rfid","value":"a\u0000"}""")]
    [InlineData("""{"kind":"rfid","value":"\ud800"}""")]
    [InlineData("""{"kind":"rfid"}""")]
    [InlineData("""["rfid","04A1"]""")]
    [InlineData("\"rfid\"")]
    [InlineData("null")]
    public void Credential_ThatIsNone_IsRefused(string credential) => Assert.Null(Read(credential));

    [Theory]
    [InlineData("{\"kin?\":\"rfid\",\"value\":\"04A1\"}")]
    [InlineData("{\"kind\":\"rfi?\",\"value\":\"04A1\"}")]
    [InlineData("{\"kind\":\"rfid\",\"value\":\"0?A1\"}")]
    public void Credential_OfBytesThatAreNoText_IsRefused(string credential)
    {
        var body = Body(credential);
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;
        Assert.Null(GateJson.ReadAccess(new ReadOnlySequence<byte>(body)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reply_ReadsAsTheSerialiserWouldWriteIt(bool known)
    {
        var reply = new AccessReply(
            known ? "grant" : "deny", known ? AccessReason.Ok : AccessReason.UnknownCredential, known ? "tck_1" : null,
            known ? 4_711 : null, known ? 3_000 : 0, new DisplayText("Entrez, Zoé \"Z\" <3", "Come in"),
            known ? new ShownMember("Zoé Mbuyi", null) : null);
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;

        Assert.True(GateJson.Write(http, reply).IsCompletedSuccessfully);

        Assert.Equal(JsonSerializer.Serialize(reply, ApiJson.Options), Encoding.UTF8.GetString(body.ToArray()));
        Assert.Equal(body.Length, http.Response.ContentLength);
    }

    [Fact]
    public void Text_LeavesAValueThatLooksLikeAPlaceAsItIs() => Assert.Contains(
        "{date}", Texts.Get("en", "door.ok", ("name", "{date}"), ("date", "never")), StringComparison.Ordinal);

    private static AccessRequest? Read(string credential) =>
        GateJson.ReadAccess(new ReadOnlySequence<byte>(Body(credential)));

    private static byte[] Body(string credential) =>
        Encoding.UTF8.GetBytes($$"""{"scanId":"s1","credential":{{credential}},"direction":"in"}""");
}
