using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using SmartClub.Agent.Readers;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>Readers that post what they read, and what else may call there.</summary>
public sealed class HttpReaderTests
{
    [Fact]
    public async Task Reader_GoesOn_WhateverIsPosted_AndWhenSomebodyHangsUp()
    {
        using var stop = new CancellationTokenSource();
        var found = Channel.CreateUnbounded<Reading>();
        var port = FreePort.Find();
        var reader = new HttpReader($"http://127.0.0.1:{port}/", CredentialFormat.Of("auto"), Direction.In);
        var running = reader.Run((reading, cancel) => found.Writer.WriteAsync(reading, cancel).AsTask(), stop.Token);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

        using (var line = new TcpClient())
        {
            await line.ConnectAsync(IPAddress.Loopback, port);
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /read HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n\r\nrfid:04"));
        }

        Assert.Equal(HttpStatusCode.NotFound, await Post("/other", "rfid:04A2"));
        Assert.Equal(HttpStatusCode.BadRequest, await Post("/read", "{\"kind\":\"face\",\"value\":\"x\"}"));
        Assert.Equal(HttpStatusCode.BadRequest, await Post("/read", "{"));
        Assert.Equal(HttpStatusCode.Accepted, await Post("/read", "rfid:04A2"));
        Assert.Equal(
            HttpStatusCode.Accepted, await Post("/read", "{\"kind\":\"nfc\",\"value\":\"07\",\"direction\":\"out\"}"));
        Assert.Equal(new Reading(new Credential("rfid", "04A2"), Direction.In), await Next());
        Assert.Equal(new Reading(new Credential("nfc", "07"), Direction.Out), await Next());
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        async Task<HttpStatusCode> Post(string path, string text)
        {
            using var answer = await http.PostAsync(path, new StringContent(text)).Happens("the reader answers");
            return answer.StatusCode;
        }

        Task<Reading> Next() => found.Reader.ReadAsync().AsTask().Happens("a badge is found");
    }
}
