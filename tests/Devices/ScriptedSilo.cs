using System.Net;
using System.Text;

namespace SmartClub.Tests.Devices;

/// <summary>A request as it went over the wire.</summary>
public sealed record SeenRequest(
    string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>Stands at the network's edge: keeps what was sent and answers as the test says.</summary>
public sealed class ScriptedSilo(Func<SeenRequest, CancellationToken, Task<(int Status, string Body)>> answer)
    : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<SeenRequest> _seen = [];

    public ScriptedSilo(params (int Status, string Body)[] answers)
        : this(Play(new Queue<(int, string)>(answers)))
    {
    }

    public IReadOnlyList<SeenRequest> Seen
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    public HttpClient Client() => new(this)
    {
        BaseAddress = new Uri("http://silo.test"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value));
        var seen = new SeenRequest(request.Method.Method, request.RequestUri!.PathAndQuery, body, headers);
        lock (_lock)
        {
            _seen.Add(seen);
        }

        var (status, content) = await answer(seen, cancellationToken);
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(content, Encoding.UTF8, "application/json"),
        };
    }

    private static Func<SeenRequest, CancellationToken, Task<(int Status, string Body)>> Play(
        Queue<(int, string)> answers) => (_, _) =>
    {
        lock (answers)
        {
            return Task.FromResult(answers.Dequeue());
        }
    };
}
