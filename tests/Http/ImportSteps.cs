using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Imports;

namespace SmartClub.Tests.Http;

/// <summary>How files of members come to a club, and go again.</summary>
internal sealed class ImportSteps(HttpClub club)
{
    /// <summary>What sets this test's members apart.</summary>
    public string Tag() => $"{100_000 + club.Number()}";

    /// <summary>How many members are found by a tag.</summary>
    public async Task<int> Found(string tag) =>
        (await club.Admin.Get($"/api/members?query={tag}&after={await Head()}")).Ok().Items.Count;

    /// <summary>The position that everything so far is before.</summary>
    public async Task<long> Head() => (await club.Admin.Get("/api/sites")).Ok().Body.GetProperty("asOf").GetInt64();

    /// <summary>A plan, by its name.</summary>
    public async Task<string> Plan()
    {
        var name = $"Mensuel {club.Number()}";
        var site = await club.Site();
        var zoneId = await club.Zone(site);
        (await club.Admin.Post("/api/plans", new
        {
            name,
            months = 1,
            price = new { amount = 4500, currency = "USD" },
            entitlements = new[] { new { zoneId } },
        })).Ok();
        return name;
    }

    public Task<ImportReport> Import(string csv, string query = "") => Import(Encoding.UTF8.GetBytes(csv), query);

    public async Task<ImportReport> Import(byte[] bytes, string query = "") =>
        Last<ImportProgress>(await Send(club.Admin, bytes, query)).Report!;

    public static Task<Reply> Send(Api who, byte[] bytes, string query)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return who.Send(new HttpRequestMessage(HttpMethod.Post, "/api/imports/members" + query) { Content = content });
    }

    public async Task<UndoReport> Undo(string? import, string reason = "Mauvais fichier") =>
        Last<UndoProgress>(await club.Admin.Post($"/api/imports/{import}/undo", new { reason })).Report!;

    private static TLine Last<TLine>(Reply answer) => JsonSerializer.Deserialize<TLine>(
        answer.Ok().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], ApiJson.Options)!;
}
