using System.Buffers.Binary;
using SmartClub.Agent.Readers;
using SmartClub.Agent.Relays;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Agent;

/// <summary>What readers say, and what it means.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData("wiegand26", "00101101000000001010001000", "90:324")]
    [InlineData("wiegand26", "0x00B40288", "90:324")]
    [InlineData("wiegand26", "B40288", "90:324")]
    [InlineData("wiegand26", "10111101110110010011011101", "123:45678")]
    [InlineData("wiegand34", "1000001001101001010110010011011100", "1234:45678")]
    [InlineData("wiegand34", "209A564DC", "1234:45678")]
    [InlineData("uid", "04:a1:b2:c3", "04A1B2C3")]
    [InlineData("uid", "04A1B2C3D4E5F6", "04A1B2C3D4E5F6")]
    [InlineData("uid-reversed", "C3B2A104", "04A1B2C3")]
    [InlineData("uid-decimal", "77705923", "04A1B2C3")]
    [InlineData("uid-decimal-reversed", "3283263748", "04A1B2C3")]
    [InlineData("ean13", "4006381333931", "4006381333931")]
    [InlineData("code128", "CLUB-0042", "CLUB-0042")]
    public void Text_MeansACard(string format, string text, string value) =>
        Assert.Equal(value, CredentialFormat.Of(format).Read(text)?.Value);

    [Theory]
    [InlineData("wiegand26", "10101101000000001010001000")]
    [InlineData("wiegand26", "00101101000000001010001001")]
    [InlineData("wiegand26", "0010110100000000101000100")]
    [InlineData("wiegand26", "1B40288F")]
    [InlineData("wiegand34", "0000001001101001010110010011011100")]
    [InlineData("wiegand34", "XYZ")]
    [InlineData("uid", "04A1B2")]
    [InlineData("uid", "04A1B2CG")]
    [InlineData("uid-decimal", "99999999999")]
    [InlineData("ean13", "4006381333932")]
    [InlineData("ean13", "400638133393")]
    [InlineData("qr", "")]
    public void Text_MeansNothing_WhenItIsDamaged(string format, string text) =>
        Assert.Null(CredentialFormat.Of(format).Read(text));

    [Fact]
    public void Wiegand_NoticesEachSingleFlippedBit()
    {
        const string card = "10111101110110010011011101";
        for (var i = 0; i < card.Length; i++)
        {
            var flipped = card.ToCharArray();
            flipped[i] = flipped[i] == '0' ? '1' : '0';
            Assert.False(Wiegand.TryDecode26(flipped, out _), $"bit {i}");
        }
    }

    [Theory]
    [InlineData("SC1.abc.def", "qr", "SC1.abc.def")]
    [InlineData("nfc:04A1B2C3", "nfc", "04A1B2C3")]
    [InlineData("biometric_ref:77", "biometric_ref", "77")]
    [InlineData("https://club.example/x", "qr", "https://club.example/x")]
    public void Line_NamesItsKind_OrIsACode(string line, string kind, string value) =>
        Assert.Equal(new Credential(kind, value), CredentialFormat.Of("auto").Read(line));

    [Fact]
    public async Task Keyboard_TypesLettersDigitsAndSigns()
    {
        // s c 1 . A _ Enter, with shift held for "A" and "_".
        (ushort Key, int Value)[] strokes =
        [
            (42, 1), (31, 1), (31, 0), (46, 1), (42, 0), (2, 1), (52, 1), (42, 1), (30, 1), (12, 1), (12, 2), (42, 0),
            (28, 1),
        ];
        var events = new byte[strokes.Length * 24];
        for (var i = 0; i < strokes.Length; i++)
        {
            var at = events.AsSpan(i * 24);
            BinaryPrimitives.WriteUInt16LittleEndian(at[16..], 1);
            BinaryPrimitives.WriteUInt16LittleEndian(at[18..], strokes[i].Key);
            BinaryPrimitives.WriteInt32LittleEndian(at[20..], strokes[i].Value);
        }

        var found = new List<Reading>();
        var reader = new WedgeReader(
            "", CredentialFormat.Of("qr"), Direction.In, new Output(TextWriter.Null, TextWriter.Null),
            TimeProvider.System);
        using var stream = new MemoryStream(events);
        await reader.ReadAll(
            stream,
            (reading, _) =>
            {
                found.Add(reading);
                return Task.CompletedTask;
            },
            default);

        Assert.Equal(new Reading(new Credential("qr", "SC1.A_"), Direction.In), Assert.Single(found));
    }

    [Fact]
    public async Task Lines_NameTheirDirection_AndWhatIsNoneIsSaid()
    {
        var faults = new StringWriter();
        var found = new List<Reading>();
        var reader = new LineReader(
            () => new StringReader("04A1B2C3\nout 04A1B2C3\n\nrubbish\n"), CredentialFormat.Of("uid"), Direction.In,
            false, new Output(TextWriter.Null, faults), TimeProvider.System);
        await reader.Run(
            (reading, _) =>
            {
                found.Add(reading);
                return Task.CompletedTask;
            },
            default);

        Assert.Equal([Direction.In, Direction.Out], found.Select(r => r.Direction));
        Assert.DoesNotContain("rubbish", faults.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(faults.ToString());
    }

    [Fact]
    public void SerialRelay_SpeaksItsFourBytes()
    {
        Assert.Equal([0xA0, 0x01, 0x01, 0xA2], SerialRelay.Frame(true));
        Assert.Equal([0xA0, 0x01, 0x00, 0xA1], SerialRelay.Frame(false));
    }
}
