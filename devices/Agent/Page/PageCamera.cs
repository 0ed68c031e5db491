using System.Net;
using System.Threading.Channels;
using SmartClub.Agent.Readers;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Page;

/// <summary>A camera at the door as a reader: the page on the screen beside it finds the codes.</summary>
public sealed class PageCamera(CredentialFormat format, Direction direction) : IReader
{
    private const int Waiting = 16;

    // Pages of others that are open on the box cannot send a header of this name here: the browser would ask first.
    private const string Mark = "X-Door";

    private readonly Channel<Reading> _read = Channel.CreateBounded<Reading>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <inheritdoc/>
    public async Task Run(Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        await foreach (var reading in _read.Reader.ReadAllAsync(stop))
        {
            await found(reading, stop);
        }
    }

    /// <summary>Takes what the page has read; whether it can be a credential.</summary>
    public async Task<bool> Take(HttpListenerRequest request, CancellationToken stop) =>
        request.Headers[Mark] == "camera"
        && await HttpReader.Body(request, stop) is { } text
        && format.Read(text) is { } credential
        && _read.Writer.TryWrite(new Reading(credential, direction));
}
