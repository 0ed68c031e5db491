using System.Diagnostics;
using SmartClub.Tests.Browser;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>
/// What an installer copies to a box: one file, built by <c>./smartclub agent</c>, on a machine where no .NET is found.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PublishedAgentTests(HttpClub club) : IClassFixture<HttpClub>, IDisposable
{
    private const int ElfMachineAt = 18;
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-boxes-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task File_IsADoor_WithNothingBesideIt()
    {
        var boxes = Path.Combine(folder, "boxes");
        var built = await Run(Path.Combine(Tree.Root, "smartclub"), alone: false, "agent", boxes);
        Assert.True(built.Code == 0, built.Said);
        Assert.Equal(
            ["smartclub-agent-linux-arm64", "smartclub-agent-linux-x64", "smartclub-agent.service"],
            Directory.GetFiles(boxes).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal(0xB7, Machine(Path.Combine(boxes, "smartclub-agent-linux-arm64")));
        Assert.Equal(0x3E, Machine(Path.Combine(boxes, "smartclub-agent-linux-x64")));

        var place = await club.Place();
        var (guest, other) = (await club.Guest(place), await club.Guest(place));
        var code = (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enrolment")).Ok()["code"];
        var agent = Path.Combine(boxes, "smartclub-agent-linux-x64");
        string[] state = ["--state", Path.Combine(folder, "state")];
        var enrolled = await Run(
            agent, alone: true, ["enrol", .. state, "--url", club.Silo.Address.ToString(), "--code", code]);
        Assert.True(enrolled.Code == 0, enrolled.Said);
        var tested = await Run(agent, alone: true, ["self-test", .. state]);
        Assert.True(tested.Code == 0, tested.Said);
        Assert.Contains("list: 2 rights", tested.Said, StringComparison.Ordinal);

        using var door = Process.Start(Start(agent, alone: true, ["run", .. state, "--direction", "in"]))!;
        try
        {
            var first = await door.StandardOutput.ReadLineAsync().Happens("the door says its name");
            Assert.StartsWith("door ", first, StringComparison.Ordinal);
            Assert.StartsWith("grant ok", await Shown(door, guest.Badge), StringComparison.Ordinal);
            await club.Silo.DisposeAsync();
            Assert.Equal("grant ok offline", await Shown(door, other.Badge));
            Assert.Equal("deny unknown_credential offline", await Shown(door, "nobody's"));
        }
        finally
        {
            door.Kill();
            await door.Ends();
        }
    }

    private static async Task<string?> Shown(Process door, string badge)
    {
        await door.StandardInput.WriteLineAsync("rfid:" + badge);
        await door.StandardInput.FlushAsync();
        while (true)
        {
            var line = await door.StandardOutput.ReadLineAsync().Happens("the door answers");
            if (line?.StartsWith("grant", StringComparison.Ordinal) != false
                || line.StartsWith("deny", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    private async Task<(int Code, string Said)> Run(string program, bool alone, params string[] arguments)
    {
        using var process = Process.Start(Start(program, alone, arguments))!;
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.Ends(minutes: 5);
        return (process.ExitCode, await said + await complaints);
    }

    // Alone: as a service on a fresh box, without a home, a path or anything of .NET.
    private ProcessStartInfo Start(string program, bool alone, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (alone)
        {
            start.Environment.Clear();
            start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(folder, "unpacked");
        }

        return start;
    }

    private static int Machine(string file)
    {
        using var reader = new BinaryReader(File.OpenRead(file));
        reader.BaseStream.Position = ElfMachineAt;
        return reader.ReadUInt16();
    }
}
