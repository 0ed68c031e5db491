using System.Text.Json;
using System.Text.RegularExpressions;
using SmartClub.Devices.Staff;
using SmartClub.Tests.Faults;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Reactions;

/// <summary>
/// kill -9 of the silo while mails go out. What was accepted reaches its reader, and nothing goes out twice by itself:
/// a mail whose end nobody knows waits for a person, and sent again it is the same mail, which readers show once.
/// </summary>
[Collection(nameof(Faults))]
[Trait("Category", "Slow")]
public sealed partial class MailKillTests : IAsyncLifetime, IDisposable
{
    private const int Rounds = 3;
    private const int People = 8;

    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-faults-").FullName;
    private readonly MailServer server = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.Create();

    public void Dispose() => server.Dispose();

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Mail_ThatWasAccepted_IsReadOnce_WhateverIsKilled()
    {
        await using var silo = new SiloProcess(database.Uri(), folder, new Dictionary<string, string>
        {
            ["SMARTCLUB_SMTP"] = server.Address,
            ["SMARTCLUB_PUBLIC_URL"] = "https://club.example",
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{silo.Port}") };
        await silo.Active.Happens("the silo becomes active");
        var login = FirstLogin.Load(Path.Combine(folder, "first-login.json"));
        using var staff = new StaffClient(http, login, Path.Combine(folder, "token"), TimeProvider.System);
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            // The server has been given a mail and has not said so yet: at that moment the silo is killed.
            var held = new TaskCompletionSource();
            server.Holds = held.Task;
            var before = server.Mails.Count;
            var inviting = Task.WhenAll(Enumerable.Range(0, People).Select(i => Invite(staff, round, i)));
            await server.Given(before + 1).Happens("the server is given a mail");
            await silo.Kill().Happens("another silo starts");
            server.Holds = Task.CompletedTask;
            held.SetResult();
            await silo.Active.Happens("the next silo becomes active");
            await inviting.Happens("every invitation is accepted");
            var settled = await Settled(staff, "sent", "unknown", "failed").Happens("no mail is on its way");
            Assert.Equal((round + 1) * People, settled.Count);

            // By itself nothing goes out twice, and what is told to be sent was sent.
            Assert.All(Read(), mails => Assert.Single(mails));
            var sent = settled.Where(m => Status(m) == "sent").Select(To).Except(Read().Select(m => m.Key));
            Assert.Empty(sent);
            var unknown = settled.Where(m => Status(m) == "unknown").ToList();
            Assert.Equal(settled.Count, settled.Count(m => Status(m) == "sent") + unknown.Count);
            Assert.All(unknown, m => Assert.Equal("silo_ended", m.GetProperty("code").GetString()));
            lost += unknown.Count;
            if (round < Rounds - 1)
            {
                continue;
            }

            foreach (var message in unknown)
            {
                var id = message.GetProperty("id").GetString();
                await staff.Create<object, JsonElement>(
                    $"/api/outbox/{id}/resend", $"again {id}", new { }, default).Happens("it is sent again");
            }
        }

        // The list may lag behind the last one that was sent again.
        var all = await Settled(staff, "sent", "failed").Happens("every mail has gone out");
        Assert.All(all, m => Assert.Equal("sent", Status(m)));
        var wanted = Enumerable.Range(0, Rounds)
            .SelectMany(r => Enumerable.Range(0, People).Select(i => Address(r, i)));
        Assert.Equal(wanted.Order(StringComparer.Ordinal), Read().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.All(Read(), mails => Assert.Single(mails.Select(MessageId).Distinct()));
        Assert.True(lost >= Rounds, $"Only {lost} mails were killed on their way: the test tries nothing.");
        await silo.Stop();
        var (code, said) = await silo.Run("verify");
        Assert.True(code == 0, said);
    }

    private static string Address(int round, int person) => $"person{round}.{person}@example.org";

    private static async Task Invite(StaffClient staff, int round, int person)
    {
        var email = Address(round, person);
        await staff.Create<object, JsonElement>(
            "/api/staff", $"invite {email}",
            new { email, displayName = "Grâce Ilunga", grants = new[] { new { role = "desk" } } }, default);
    }

    private static async Task<IReadOnlyList<JsonElement>> Settled(StaffClient staff, params string[] ends)
    {
        while (true)
        {
            var outbox = await staff.Get<JsonElement>("/api/outbox", default);
            JsonElement[] items = [.. outbox.GetProperty("items").EnumerateArray()];
            if (items.All(m => ends.Contains(Status(m))))
            {
                return items;
            }
        }
    }

    private static string Status(JsonElement message) => message.GetProperty("status").GetString()!;

    private static string To(JsonElement message) => message.GetProperty("to").GetString()!;

    // What each reader was given, by address.
    private ILookup<string, string> Read() =>
        server.Mails.ToLookup(mail => Recipient().Match(mail).Groups[1].Value);

    private static string MessageId(string mail) => Named().Match(mail).Groups[1].Value;

    [GeneratedRegex(@"^To: <?([^>\r\n]+?)>?$", RegexOptions.Multiline)]
    private static partial Regex Recipient();

    [GeneratedRegex(@"^Message-ID: <([^>]+)>", RegexOptions.Multiline)]
    private static partial Regex Named();
}
