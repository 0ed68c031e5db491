using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartClub.Silo.Gateway;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Gateway;

/// <summary>A caller who hangs up in the middle of a request is no fault of ours; everything unforeseen is.</summary>
public sealed class ErrorMiddlewareTests : IDisposable
{
    private readonly LogBook log = new();

    public static TheoryData<Exception> HungUp => new()
    {
        new ConnectionResetException("Connection reset by peer"),
        new ConnectionAbortedException("The connection was aborted"),
    };

    public void Dispose() => log.Dispose();

    [Theory]
    [MemberData(nameof(HungUp))]
    public async Task CallerWhoHungUp_IsNotAnswered_AndNotLogged(Exception gone)
    {
        var http = await Run(gone);
        Assert.Equal(StatusCodes.Status200OK, http.Response.StatusCode);
        Assert.Equal(0, http.Response.Body.Length);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task WhatNobodyForesaw_IsLogged_AndAnswered()
    {
        var http = await Run(new InvalidOperationException("a bug"));
        Assert.Equal(StatusCodes.Status500InternalServerError, http.Response.StatusCode);
        Assert.NotEqual(0, http.Response.Body.Length);
        Assert.Contains(log.Lines, l => l.StartsWith("Error: Unhandled exception at POST", StringComparison.Ordinal));
    }

    private async Task<HttpContext> Run(Exception fault)
    {
        using var loggers = new LoggerFactory([log]);
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.Path = "/api/gates/v1/access";
        http.Response.Body = new MemoryStream();
        await new ErrorMiddleware(_ => throw fault, loggers.CreateLogger<ErrorMiddleware>()).Invoke(http);
        return http;
    }
}
