using System.Threading.Channels;
using SmartClub.Devices.People;

namespace SmartClub.Devices.Running;

/// <summary>
/// Shows badges side by side, but those of one person in their order. While the silo is away the lanes fill and the
/// dispatcher waits: people queue, nobody is forgotten.
/// </summary>
public sealed class Lanes : IDisposable
{
    private const int LaneCount = 32;
    private const int QueueMax = 256;

    private readonly Channel<Showing>[] _lanes;
    private readonly CancellationTokenSource _ending;
    private readonly Task _work;

    public Lanes(Func<Showing, CancellationToken, Task> handle, CancellationToken stop)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => Channel.CreateBounded<Showing>(QueueMax))];
        _work = Task.WhenAll(_lanes.Select(lane => Work(lane.Reader, handle)));
    }

    public async ValueTask Put(Showing showing)
    {
        try
        {
            await _lanes[(showing.Visitor + 1) % LaneCount].Writer.WriteAsync(showing, _ending.Token);
        }
        catch (OperationCanceledException)
        {
            // A lane that broke has stopped the others; its fault says more than the cancellation.
            await _work;
            throw;
        }
    }

    public Task Finish()
    {
        foreach (var lane in _lanes)
        {
            lane.Writer.Complete();
        }

        return _work;
    }

    public void Dispose() => _ending.Dispose();

    private async Task Work(ChannelReader<Showing> lane, Func<Showing, CancellationToken, Task> handle)
    {
        try
        {
            await foreach (var showing in lane.ReadAllAsync(_ending.Token))
            {
                await handle(showing, _ending.Token);
            }
        }
        catch
        {
            await _ending.CancelAsync();
            throw;
        }
    }
}
