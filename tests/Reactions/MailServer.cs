using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClub.Tests.Reactions;

/// <summary>A mail server as far as one mail needs it; it can say no, or break off.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> mails = [];
    private TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MailServer()
    {
        listener.Start();
        _ = Serve();
    }

    /// <summary>What it says to a recipient.</summary>
    public string Recipient { get; set; } = "250 ok";

    /// <summary>Whether it breaks off after it was given a whole mail, before it says what became of it.</summary>
    public bool BreaksOff { get; set; }

    /// <summary>What it waits for after it was given a whole mail, before it says what became of it.</summary>
    public Task Holds { get; set; } = Task.CompletedTask;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => $"smtp://127.0.0.1:{Port}?from=club@example.org&tls=off";

    /// <summary>What it was given, whole.</summary>
    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (mails)
            {
                return [.. mails];
            }
        }
    }

    public void Dispose() => listener.Dispose();

    /// <summary>Completes when it has been given so many mails.</summary>
    public async Task Given(int count)
    {
        while (true)
        {
            Task next;
            lock (mails)
            {
                if (mails.Count >= count)
                {
                    return;
                }

                next = given.Task;
            }

            await next;
        }
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                try
                {
                    await Talk(client.GetStream());
                }
                catch (IOException)
                {
                    // Whoever spoke is no more.
                }
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await Say("220 mail.example ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO" or "MAIL" or "RSET":
                    await Say("250 ok");
                    break;
                case "RCPT":
                    await Say(Recipient);
                    break;
                case "DATA":
                    await Say("354 go on");
                    await Take(reader);
                    await Holds;
                    if (BreaksOff)
                    {
                        return;
                    }

                    await Say("250 taken");
                    break;
                case "QUIT":
                    await Say("221 bye");
                    return;
                default:
                    await Say("502 what?");
                    break;
            }
        }

        async Task Say(string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"));
    }

    private async Task Take(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            mail.Append(line).Append('\n');
        }

        lock (mails)
        {
            mails.Add(mail.ToString());
            given.SetResult();
            given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
