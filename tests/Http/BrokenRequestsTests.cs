using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Http.Broken;

namespace SmartClub.Tests.Http;

/// <summary>
/// 20,000 requests that nobody should send, at every endpoint there is; and the club goes on as if nothing was.
/// </summary>
public sealed partial class BrokenRequestsTests : IAsyncLifetime
{
    private const int Requests = 20_000;
    private const int Senders = 8;

    // Bodies that the endpoints would take. Who adds an endpoint with a body adds it here, or the test says so.
    private static readonly Dictionary<string, string> Templates = new()
    {
        ["POST /api/auth/login"] = """{"email":"nobody@club.local","password":"x","code":"000000"}""",
        ["POST /api/auth/logout"] = "",
        ["POST /api/sites"] = """{"name":"Gombe","timeZone":"Africa/Kinshasa","currency":"USD"}""",
        ["POST /api/zones/{id}"] =
            """{"name":"Piscine","antiPassback":"hard","forgivenessMinutes":0,"capacity":1}""",
        ["POST /api/zones"] =
            """{"siteId":"<site>","name":"Sauna","antiPassback":"soft","forgivenessMinutes":5,"capacity":20}""",
        ["POST /api/plans"] =
            """{"name":"Or","months":1,"price":{"amount":5,"currency":"USD"},"visitsPerPeriod":8,"entitlements":"""
            + """[{"zoneId":"<zone>","schedule":[{"days":["mon"],"from":"09:00","to":"18:00"}]}]}""",
        ["POST /api/gates"] =
            """{"name":"Porte","siteId":"<site>","zoneId":"<zone>","direction":"in","confirmsPassage":true}""",
        ["POST /api/sites/{id}"] = """{"name":"Gombe","timeZone":"Europe/Paris","currency":"CDF"}""",
        ["POST /api/plans/{id}"] =
            """{"name":"Or","days":9,"price":{"amount":5,"currency":"USD"},"entitlements":[{"zoneId":"<zone>"}]}""",
        ["POST /api/plans/{id}/retire"] = "",
        ["POST /api/plans/{id}/reinstate"] = "",
        ["POST /api/gates/{id}"] =
            """{"name":"Porte","zoneId":"<zone>","direction":"in","confirmsPassage":true}""",
        ["POST /api/gates/{id}/disable"] = "",
        ["POST /api/gates/{id}/enable"] = "",
        ["POST /api/gates/{id}/key"] = "",
        ["POST /api/members"] = """{"firstName":"Ruth","lastName":"Lukusa","email":"r@example.org","phone":"+243 8"}""",
        ["POST /api/members/{id}/suspend"] = """{"reason":"dette"}""",
        ["POST /api/members/{id}/resume"] = """{"reason":"payé"}""",
        ["POST /api/members/{id}/memberships"] = """{"planId":"<plan>","startsOn":"2026-11-24","paid":true}""",
        ["POST /api/members/{id}/memberships/{membershipId}/pay"] = "",
        ["POST /api/members/{id}/memberships/{membershipId}/freeze"] = """{"reason":"voyage"}""",
        ["POST /api/members/{id}/memberships/{membershipId}/unfreeze"] = """{"reason":"retour"}""",
        ["POST /api/members/{id}/credentials"] = """{"kind":"rfid","value":"04A2"}""",
        ["POST /api/members/{id}/credentials/{credentialId}/revoke"] = "",
        ["POST /api/members/{id}/pass-keys/{keyId}/revoke"] = "",
        ["POST /api/members/{id}/sign-out"] = "",
        ["POST /api/me/sign-in"] = """{"email":"nobody@example.org"}""",
        ["POST /api/me/session"] = """{"email":"nobody@example.org","code":"000000"}""",
        ["POST /api/me/sign-out"] = "",
        ["POST /api/me/language"] = """{"language":"en"}""",
        ["POST /api/me/sessions/{id}/close"] = "",
        ["POST /api/me/pass-keys"] =
            """{"publicKey":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},"device":"Android, Chrome"}""",
        ["POST /api/me/pass-keys/{id}/revoke"] = "",
        ["POST /api/outbox/{id}/resend"] = "",
        ["POST /api/members/{id}/kind"] = """{"kind":"visitor"}""",
        ["POST /api/members/{id}/guests"] =
            """{"guestId":"<id>","planId":"<plan>","startsOn":"2026-11-24","paid":true}""",
        ["POST /api/members/{id}/rights"] =
            """{"siteId":"<site>","name":"Livraisons","entitlements":[{"zoneId":"<zone>"}],"gateIds":["<gateId>"],"""
            + """ "startsOn":"2026-11-24","lastDay":"2026-12-24"}""",
        ["POST /api/members/{id}/printed-codes"] = "",
        ["POST /api/plans/{id}/guests"] = """{"guestsPerPeriod":2}""",
        ["POST /api/gates/{id}/commands"] = """{"kind":"open_once","reason":"livraison","expiresInSeconds":30}""",
        ["POST /api/gates/{id}/enrolment"] = "",
        ["POST /api/gates/enrol"] = """{"code":"AAAA-BBBB-CCCC","nonce":"nnnnnnnnnnnnnnnnnnnn"}""",
        ["POST /api/gates/v1/key"] = """{"nonce":"nnnnnnnnnnnnnnnnnnnn"}""",
        ["POST /api/gates/v1/access"] =
            """{"scanId":"b1","credential":{"kind":"rfid","value":"<badge>"},"direction":"in","""
            + """ "at":"2026-11-24T17:05:00Z"}""",
        ["POST /api/gates/v1/events"] =
            """{"events":[{"n":1,"type":"offline.access","at":"2026-11-24T17:05:00Z","scanId":"o1","credential":"""
            + """{"kind":"rfid","value":"<badge>"},"direction":"in","decision":"grant"},"""
            + """{"n":2,"type":"access.passed","at":"2026-11-24T17:05:00Z","ticketId":"t"}]}""",
        ["POST /api/gates/v1/heartbeat"] =
            """{"uptimeSeconds":10,"queueLength":0,"listVersion":0,"doorState":"closed"}""",
    };

    private readonly HttpClub club = new();
    private readonly ConcurrentDictionary<long, bool> told = new();
    private int refused;
    private int reported;
    private int unanswered;

    public Task InitializeAsync() => club.InitializeAsync();

    public Task DisposeAsync() => club.DisposeAsync();

    [Fact]
    public async Task Silo_AnswersOrderly_ToTwentyThousandBrokenRequests()
    {
        var place = await club.Place();
        var (known, from) = await Spare(place);
        var targets = Targets();
        var seed = Environment.GetEnvironmentVariable("SMARTCLUB_TEST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(i => Task.Run(
            () => Send(seed, i, new Breaker(unchecked(seed + i), targets, known), patience.Token))));

        Assert.True(refused > Requests / 2, $"Seed {seed}: only {refused} of {Requests} were refused.");
        var faults = club.Silo.Log.Lines.Where(l => Fault().IsMatch(l)).ToList();
        Assert.True(
            faults.Count == 0, $"Seed {seed}: {faults.Count} faults in the log, first {faults.FirstOrDefault()}");
        await CheckJournal(seed, from);
        var guest = await club.Guest(await club.Place());
        (await club.Admin.Get($"/api/members/{guest.Member}")).Ok();
        await club.Silo.Get<Verifier>().Run(default);
    }

    private async Task Send(int seed, int sender, Breaker breaker, CancellationToken cancel)
    {
        using var http = new RawHttp(club.Silo.Address.Port);
        for (var i = 0; i < Requests / Senders; i++)
        {
            var request = breaker.Next();
            RawAnswer answer;
            try
            {
                answer = await http.Send(request, cancel);
                Check(request, answer);
            }
            catch (Exception fault)
            {
                throw new Xunit.Sdk.XunitException(
                    $"Seed {seed}, sender {sender}, request {i}: {fault.Message}\n{request}");
            }
        }
    }

    private void Check(BrokenRequest request, RawAnswer answer)
    {
        Assert.False(answer.Status is 500 or 502 or 504, $"{answer.Status} {answer.Text}");
        if (answer.Headers.TryGetValue("X-Journal-Position", out var position) && answer.Status < 300)
        {
            told[long.Parse(position, CultureInfo.InvariantCulture)] = true;
        }

        if (answer.Status is >= 200 and < 300 && request.Target.StartsWith("/api/gates/v1/", StringComparison.Ordinal))
        {
            NoteGate(answer);
        }

        if (answer.Status == 0)
        {
            Interlocked.Increment(ref unanswered);
            Assert.True(request.IsBelowHttp || request.IsCut, "The connection was closed without an answer.");
            return;
        }

        if (answer.Status < 400 || request.Method == "HEAD" || request.IsForHub)
        {
            return;
        }

        Interlocked.Increment(ref refused);
        if (answer.Body.Length == 0 && request.IsBelowHttp)
        {
            return;
        }

        Assert.True(answer.Body.Length > 0, $"{answer.Status} without a body");
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        var problem = JsonDocument.Parse(answer.Body).RootElement;
        var code = problem.GetProperty("code").GetString()!;
        Assert.Equal(answer.Status, problem.GetProperty("status").GetInt32());
        Assert.Equal(Problems.Status(code), answer.Status);
        Assert.All(Texts.Languages, language => Assert.True(Texts.Of(language).ContainsKey("problem." + code), code));
        var language = answer.Headers["Content-Language"];
        Assert.Equal(Texts.Get(language, "problem." + code), problem.GetProperty("detail").GetString());
        if (request.Language is "fr" or "en")
        {
            Assert.Equal(request.Language, language);
        }
    }

    private void NoteGate(RawAnswer answer)
    {
        var body = JsonDocument.Parse(answer.Body).RootElement;
        if (body.TryGetProperty("acked", out _))
        {
            Interlocked.Increment(ref reported);
        }
        else if (body.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Number)
        {
            told[position.GetInt64()] = true;
        }
    }

    // Whatever came to pass was told to whoever asked for it; what followed from that names its cause. Only who hung
    // up in the middle of a request was told nothing, and a gate's report is told by its counter.
    private async Task CheckJournal(int seed, long from)
    {
        var (reports, untold) = (0, 0);
        await foreach (var stored in club.Silo.Get<JournalReader>().All(from, int.MaxValue))
        {
            var row = stored.Row;
            if (row.Events.Count == 0 || row.CausedBy > 0 || row.Answer is null || told.ContainsKey(row.Position))
            {
                continue;
            }

            _ = row.Events.Any(e => e is Grains.Gates.GateEventsTakenOver) ? reports++ : untold++;
        }

        Assert.False(told.IsEmpty, "Some are harmless after all, and are taken.");
        Assert.True(
            untold <= unanswered && reports <= reported + unanswered,
            $"Seed {seed}: {untold} rows and {reports} reports, {reported} told, {unanswered} hung up.");
    }

    // A member and a gate that the requests may spoil; what signs is another gate.
    private async Task<(Known Known, long From)> Spare(Place place)
    {
        var gate = await club.Gate(place.Site, place.Zone);
        var guest = await club.Guest(place);
        var member = (await club.Admin.Get($"/api/members/{guest.Member}")).Ok().Body;
        var last = (await club.Admin.Post("/api/members", new { firstName = "Ruth", lastName = "Lukusa" })).Ok();
        return (
            new Known(club.Admin.Token!, place.Gate, new Dictionary<string, string>
            {
                ["site"] = place.Site,
                ["zone"] = place.Zone,
                ["plan"] = place.Plan,
                ["badge"] = guest.Badge,
                ["id"] = guest.Member,
                ["gateId"] = gate.Id,
                ["membershipId"] = member.GetProperty("memberships")[0].GetProperty("id").GetString()!,
                ["credentialId"] = member.GetProperty("credentials")[0].GetProperty("id").GetString()!,
            }),
            last.Position);
    }

    private List<Target> Targets()
    {
        var targets = new List<Target>();
        var bodies = Templates.Concat(BrokenBodies.OfStaff).Concat(BrokenBodies.OfDesk).ToDictionary();
        foreach (var endpoint in club.Silo.Endpoints)
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            foreach (var method in methods.Count > 0 ? methods : ["GET", "POST"])
            {
                var isCommand = method == "POST" && path.StartsWith("/api/", StringComparison.Ordinal);
                Assert.True(!isCommand || bodies.ContainsKey($"{method} {path}"), $"No body for {method} {path}.");
                targets.Add(new Target(
                    method, path.Replace("/gates/{id}", "/gates/{gateId}", StringComparison.Ordinal),
                    bodies.GetValueOrDefault($"{method} {path}", "")));
            }
        }

        // The description is dear to make and takes nothing; doors matter most.
        targets.RemoveAll(t => t.Path == "/openapi/v1.json");
        targets.AddRange(Enumerable.Repeat(targets.Where(t => t.IsOfGates), 3).SelectMany(t => t).ToList());
        return targets;
    }

    [GeneratedRegex("^(Error|Critical):")]
    private static partial Regex Fault();
}
