using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClub.Tests.Reactions;

/// <summary>A mail server as far as one mail needs it; it can say no, or break off.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> mails = [];

    public MailServer()
    {
        listener.Start();
        _ = Serve();
    }

    /// <summary>What it says to a recipient.</summary>
    public string Recipient { get; set; } = "250 ok";

    /// <summary>Whether it breaks off after it was given a whole mail, before it says what became of it.</summary>
    public bool BreaksOff { get; set; }

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

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await Talk(client.GetStream());
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException or IOException)
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
        }
    }
}
