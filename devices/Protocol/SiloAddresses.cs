using System.Net;
using System.Text.Json;

namespace SmartClub.Devices.Protocol;

/// <summary>
/// The addresses of a club's silos. One of them is active; every request goes to the one that answered last, and the
/// next attempt goes to another as soon as that one is away, silent or says that it is not active.
/// </summary>
public sealed class SiloAddresses(
    IReadOnlyList<Uri> addresses, HttpMessageHandler network, TimeProvider? clock = null) : DelegatingHandler(network)
{
    // A silo that stopped answers nobody, and each try costs a whole time-out. Where the other one is alive and only
    // not active yet, asking it again finds the one that takes over sooner.
    private static readonly TimeSpan LeaveSilentFor = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly long[] _silentAt = new long[addresses.Count];
    private int _current;

    /// <summary>Where the next request goes.</summary>
    public Uri Current => addresses[Volatile.Read(ref _current)];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var at = Volatile.Read(ref _current);
        request.RequestUri = new Uri(addresses[at], request.RequestUri!.PathAndQuery);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            Volatile.Write(ref _silentAt[at], _clock.GetTimestamp());
            Leave(at);
            throw;
        }

        if (await SaysNotActive(response, cancellationToken) && !IsSilent(Next(at)))
        {
            Leave(at);
        }

        return response;
    }

    // Many requests fail together; only the first of them moves on, or they would chase each other round.
    private void Leave(int at) => Interlocked.CompareExchange(ref _current, Next(at), at);

    private int Next(int at) => (at + 1) % addresses.Count;

    private bool IsSilent(int at) =>
        Volatile.Read(ref _silentAt[at]) is not 0 and var since && _clock.GetElapsedTime(since) < LeaveSilentFor;

    // 502 and 504 are a proxy's way to say it.
    private static async Task<bool> SaysNotActive(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            return response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
        }

        await response.Content.LoadIntoBufferAsync(cancel);
        try
        {
            return Wire.Read<Problem>(await response.Content.ReadAsByteArrayAsync(cancel)).Code == "not_active";
        }
        catch (JsonException)
        {
            return true;
        }
    }
}
