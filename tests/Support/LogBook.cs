using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SmartClub.Tests.Support;

/// <summary>What a silo has logged.</summary>
internal sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentBag<(string Words, TaskCompletionSource Said)> waiting = [];

    public IReadOnlyList<string> Lines => [.. lines];

    /// <summary>Completes with the first line that has these words, past ones included.</summary>
    public Task Says(string words)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((words, said));
        foreach (var line in lines)
        {
            Told(line);
        }

        return said.Task;
    }

    private void Told(string line)
    {
        foreach (var (words, said) in waiting)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                said.TrySetResult();
            }
        }
    }

    private void Write(string line)
    {
        lines.Enqueue(line);
        Told(line);
    }

    public ILogger CreateLogger(string categoryName) => new Book(this);

    public void Dispose()
    {
    }

    private sealed class Book(LogBook book) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            book.Write($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}");
    }
}
