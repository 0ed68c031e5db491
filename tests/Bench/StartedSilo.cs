using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartClub.Tests.Support;

namespace SmartClub.Bench;

/// <summary>What a door is told, as far as it must be the same again.</summary>
internal sealed record DoorReply(string Decision, string? TicketId, long? Position);

/// <summary>The real program in a process of its own, asked from the first moment on.</summary>
internal sealed class StartedSilo : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly GateClub club;
    private readonly HttpClient http;
    private readonly Process process;

    public StartedSilo(BenchSilo on, GateClub club)
    {
        this.club = club;
        Port = FreePort.Find();
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        var program = Path.Combine(AppContext.BaseDirectory, "SmartClub.Silo.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["SMARTCLUB_DB"] = on.Uri;
        start.Environment["SMARTCLUB_DATA"] = on.Folder;
        start.Environment["SMARTCLUB_PORT"] = $"{Port}";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public int Port { get; }

    /// <summary>From the start of the process to the last answer.</summary>
    public double Seconds { get; private set; }

    /// <summary>Asks until there is an answer: a silo that starts refuses connections, then says 503.</summary>
    public async Task<DoorReply> Scan(string scan, int badge)
    {
        var asked = Stopwatch.StartNew();
        while (asked.Elapsed < Patience)
        {
            try
            {
                using var answer = await http.SendAsync(Request(scan, badge));
                if (answer.IsSuccessStatusCode)
                {
                    Seconds = clock.Elapsed.TotalSeconds;
                    return JsonSerializer.Deserialize<DoorReply>(await answer.Content.ReadAsStringAsync(), Json)!;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }

        throw new TimeoutException("The silo does not answer.");
    }

    /// <summary>Without farewell.</summary>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        http.Dispose();
    }

    private HttpRequestMessage Request(string scan, int badge)
    {
        var gate = club.Gates[0];
        var (time, sequence) = (DateTimeOffset.UtcNow.ToUnixTimeSeconds(), DateTime.UtcNow.Ticks);
        var credential = $$"""{"kind":"rfid","value":"{{club.Badges[badge]}}"}""";
        var body = $$"""
            {"scanId":"{{scan}}","credential":{{credential}},"direction":"in","at":"2026-11-24T17:05:00Z"}
            """;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var signed = $"POST\n/api/gates/v1/access\n{time}\n{sequence}\n{hash}";
        var signature = HMACSHA256.HashData(gate.Key, Encoding.UTF8.GetBytes(signed));
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/gates/v1/access")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Gate-Device", gate.Id);
        request.Headers.Add("X-Gate-Time", $"{time}");
        request.Headers.Add("X-Gate-Seq", $"{sequence}");
        request.Headers.Add("X-Gate-Signature", $"v1={Convert.ToHexStringLower(signature)}");
        return request;
    }
}
