using System.Net.Http.Headers;
using System.Text.Json;
using SmartClub.Agent.Link;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Verbs;

/// <summary>Makes this box the door that a code was made for.</summary>
public static class Enrol
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Exchanges the code. Cut at any point it can be called again with the same code: the mark that makes it the same
    /// request is kept before it is sent.
    /// </summary>
    public static async Task<DoorIdentity> Run(
        AgentStore store, HttpMessageHandler network, string addresses, string code, TimeProvider clock,
        CancellationToken stop)
    {
        var nonce = store.Fact("enrol_nonce") ?? SiloLink.NewNonce();
        store.Keep("enrol_nonce", nonce);
        var silos = new SiloAddresses([.. addresses.Split(',').Select(a => new Uri(a))], network);
        using var http = new HttpClient(silos, disposeHandler: false)
        {
            BaseAddress = silos.Current,
            Timeout = Patience,
        };
        using var body = new ByteArrayContent(Wire.Bytes(new { code, nonce }));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await Ask(http, body, stop);
        var identity = new DoorIdentity(
            answer.Id, answer.Key, answer.Name, answer.ZoneId, answer.Direction, answer.ConfirmsPassage,
            answer.ClubPublicKey, addresses);
        store.List.Clear();
        store.Together(() =>
        {
            store.Set("identity", Wire.Text(identity with { Key = "" }));
            store.Set("key", answer.Key);
            store.Set("key_at", $"{clock.GetUtcNow().ToUnixTimeMilliseconds()}");
            store.Set("next_key", null);
            store.Set("enrol_nonce", null);
            store.CountAnew();
        });
        return identity;
    }

    private static async Task<Answer> Ask(HttpClient http, ByteArrayContent body, CancellationToken stop)
    {
        try
        {
            using var answer = await http.PostAsync("/api/gates/enrol", body, stop);
            var content = await answer.Content.ReadAsByteArrayAsync(stop);
            return answer.IsSuccessStatusCode
                ? Wire.Read<Answer>(content)
                : throw new DeviceException(
                    $"The silo refused the code: {Wire.Read<Problem>(content).Detail ?? answer.ReasonPhrase}");
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or TaskCanceledException
            && !stop.IsCancellationRequested)
        {
            throw new DeviceException($"No silo answered: {away.Message}");
        }
    }

    private sealed record Answer(
        string Id, string Key, string Name, string ZoneId, string Direction, bool ConfirmsPassage,
        string ClubPublicKey);
}
