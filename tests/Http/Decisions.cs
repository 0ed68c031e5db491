namespace SmartClub.Tests.Http;

/// <summary>What a door was told.</summary>
internal static class Decisions
{
    public static Reply Decides(this Reply reply, string decision, string reason)
    {
        reply.Ok();
        Assert.Equal((decision, reason), (reply["decision"], reply["reason"]));
        var display = reply.Body.GetProperty("display");
        Assert.NotEmpty(display.GetProperty("fr").GetString()!);
        Assert.NotEmpty(display.GetProperty("en").GetString()!);
        Assert.Equal(decision == "grant", reply.Body.GetProperty("openMs").GetInt32() > 0);
        return reply;
    }

    /// <summary>Where the decision stands in the journal; null where it names nobody.</summary>
    public static long? DecidedAt(this Reply reply) =>
        reply.Body.GetProperty("position").ValueKind == System.Text.Json.JsonValueKind.Null
            ? null
            : reply.Body.GetProperty("position").GetInt64();
}
