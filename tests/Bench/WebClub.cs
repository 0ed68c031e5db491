using System.Diagnostics;
using System.Text.Json;
using OtpNet;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Tests.Browser;

namespace SmartClub.Bench;

/// <summary>
/// The real program in a process of its own, with the built web app and a club of so many members. Beside the app lies
/// a bare page, which comes the same way and holds nothing.
/// </summary>
internal sealed class WebClub : IAsyncDisposable
{
    /// <summary>The page that everything is measured against.</summary>
    public const string Bare = "/bare.html";

    /// <summary>Who is the last of the list.</summary>
    public const string LastName = "Zzungu-Dernière";

    /// <summary>One in so many members has not paid.</summary>
    public const int Unpaid = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] FirstNames =
        ["Aline", "Béatrice", "Christian", "Dieudonné", "Espérance", "Fiston", "Grâce", "Ruth", "Marie-Thérèse"];

    private static readonly string[] Names =
        ["Ilunga", "Kabongo", "Kalala", "Lukusa", "Mbuyamba", "Mukendi", "Ngalula Kapinga", "Tshibangu", "Wemba"];

    private readonly BenchSilo seeded;
    private readonly Child silo;

    private WebClub(BenchSilo seeded, Child silo, string web)
    {
        this.seeded = seeded;
        this.silo = silo;
        Web = web;
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => new($"http://127.0.0.1:{silo.Port}");

    /// <summary>Its database.</summary>
    public string Database => seeded.Uri;

    /// <summary>Memory that the program holds, in bytes.</summary>
    public long Memory => silo.Memory;

    /// <summary>The folder of the web app.</summary>
    public string Web { get; }

    /// <summary>The administrator, as a program.</summary>
    public HttpClient Http { get; }

    /// <summary>The same person's session, as a browser keeps it.</summary>
    public string Session { get; private set; } = "";

    public static async Task<WebClub> Start(string server, int members)
    {
        var seeded = await BenchSilo.Start(server);
        await Seed(seeded.Grains, members);
        await MemberLoad.CatchUp(seeded);
        await seeded.StopKeepingDatabase();
        var web = CopyOfTheApp();

        // The program that is started takes it from here.
        Environment.SetEnvironmentVariable("SMARTCLUB_WEB", web);
        var club = new WebClub(seeded, await Child.Silo(seeded.Uri, seeded.Folder), web);
        await club.SignIn();
        return club;
    }

    /// <summary>How many members the list has for a filter, as the address says it.</summary>
    public async Task<int> Count(string filter)
    {
        var page = await Http.GetFromJsonAsync<JsonElement>($"/api/lists/members?{filter}");
        return page.GetProperty("total").GetInt32();
    }

    /// <summary>Whether the list comes to have so many for a filter: what was just done shows a moment later.</summary>
    public async Task<bool> Comes(string filter, int count)
    {
        var clock = Stopwatch.StartNew();
        while (await Count(filter) != count)
        {
            if (clock.Elapsed > Patience)
            {
                return false;
            }

            await Task.Delay(20);
        }

        return true;
    }

    /// <summary>Lets a suspended member in again.</summary>
    public async Task Resume(string member)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/members/{member}/resume")
        {
            Content = JsonContent.Create(new { reason = "Situation réglée" }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        silo.Dispose();
        await seeded.DisposeAsync();
        Directory.Delete(Web, recursive: true);
    }

    private static string CopyOfTheApp()
    {
        var copy = Directory.CreateTempSubdirectory("smartclub-bench-web").FullName;
        foreach (var file in Directory.EnumerateFiles(Tree.WebApp, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Tree.WebApp, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        File.WriteAllText(
            Path.Combine(copy, Bare.TrimStart('/')),
            "<!doctype html><title>Bare</title><main><h1>SmartClub</h1></main>");
        return copy;
    }

    private static async Task Seed(IGrains grains, int members)
    {
        var site = new SiteId(Guid.NewGuid());
        var zone = new ZoneId(Guid.NewGuid());
        var plan = new PlanId(Guid.NewGuid());
        await Send(grains, new CreateSite(site, "Gombe", "Africa/Kinshasa", "USD"));
        await Send(grains, new CreateZone(zone, site, "Musculation", AntiPassback.Off, 0, null));
        await Send(grains, new CreatePlan(
            plan, "Premium", new PlanLength(120, null), new Money(4_500, "USD"), [new Entitlement(zone, null)], null));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, members),
            new ParallelOptions { MaxDegreeOfParallelism = 200 },
            async (i, _) => await AddMember(grains, plan, i, i == members - 1));
    }

    private static async Task AddMember(IGrains grains, PlanId plan, int i, bool isLast)
    {
        var member = new MemberId(Guid.NewGuid());
        var first = FirstNames[i % FirstNames.Length];
        var last = isLast ? LastName : $"{Names[i / FirstNames.Length % Names.Length]} {i:D5}";
        await Send(grains, new RegisterMember(member, first, last, $"m{i}@example.org", $"+24381{i:D7}"));
        await Send(grains, new AddMembership(member, plan, new DateOnly(2026, 1, 1), i % Unpaid != 0));
    }

    private static async Task Send(IGrains grains, ICommand command)
    {
        var answered = await grains.Send(command, new Envelope(new CommandId(Guid.NewGuid()), Caller.System));
        if (answered.Answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name} was refused: {refusal.Code}.");
        }
    }

    private async Task SignIn()
    {
        var login = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(seeded.Folder, "first-login.json"))).RootElement;
        string Field(string name) => login.GetProperty(name).GetString()!;
        var code = new Totp(Base32Encoding.ToBytes(Field("totpSecret"))).ComputeTotp();
        using var answer = await Http.PostAsJsonAsync(
            "/api/auth/login", new { email = Field("email"), password = Field("password"), code });
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Session = body.GetProperty("accessToken").GetString()!;
        Http.DefaultRequestHeaders.Authorization = new("Bearer", Session);
    }
}
