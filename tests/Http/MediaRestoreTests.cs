using System.Net.Http.Headers;
using SmartClub.Grains;
using SmartClub.Silo;
using SmartClub.Silo.Backups;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>Pictures and documents come back with a backup, and what is missing or changed is named.</summary>
public sealed class MediaRestoreTests(HttpClub club) : IClassFixture<HttpClub>
{
    // The smallest PNG there is.
    private static readonly byte[] Dot = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Restored_ServesTheSameBytes_AndVerifyNamesWhatIsNot()
    {
        var member = await club.Member();
        var path = $"/api/members/{member}";
        (await Upload(club.Silo, $"{path}/photo", Dot, null)).Ok();
        var pdf = "%PDF-1.7 certificat"u8.ToArray();
        var added = (await Upload(club.Silo, $"{path}/files", pdf, "certificat.pdf")).Ok();
        var file = (await club.Admin.Get($"{path}?after={added.Position}")).Ok();
        var photo = file["photoUrl"];
        var document = file.Body.GetProperty("files")[0].GetProperty("id").GetString()!;
        string[] addresses = [photo, $"{path}/files/{document}"];
        var before = await Task.WhenAll(addresses.Select(address => Bytes(club.Silo, address)));
        Assert.All(before, Assert.NotEmpty);
        Assert.Empty((await club.Silo.Get<Verifier>().Run(default)).MediaFaults);

        var (packed, keys) = (new MemoryStream(), new MemoryStream());
        await club.Silo.Get<BackupWriter>().Write(packed, keys, default);
        await using var world = await World.Create();
        var backup = new Backups.Backup(packed.ToArray(), keys.ToArray(), null!);
        var restored = await backup.Into(world, Modules.All);
        Assert.Empty(restored.Found.MediaFaults);
        await using var silo = await HttpSilo.Launch(
            new SiloSettings(world.Database.Uri(), world.DataFolder, 0, null, null, null), club.Clock);
        await silo.Host.Active.Happens("the restored club is up");
        Assert.Equal(before, await Task.WhenAll(addresses.Select(address => Bytes(silo, address))));

        var kept = Directory.GetFiles(Path.Combine(world.DataFolder, "media"), "fil_*", SearchOption.AllDirectories);
        Assert.Equal(2, kept.Length);
        var changed = kept.Single(name => name.EndsWith(document, StringComparison.Ordinal));
        File.Delete(kept.Single(name => name != changed));
        var bytes = await File.ReadAllBytesAsync(changed);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(changed, bytes);
        var faults = (await silo.Get<Verifier>().Run(default)).MediaFaults.Select(f => f.ToString(null)).ToList();
        Assert.Equal(2, faults.Count);
        Assert.Contains($"The file {document} of {member} was changed.", faults);
        Assert.Contains($"The file {photo.Split('/')[^1]} of {member} is missing.", faults);
    }

    private async Task<byte[]> Bytes(HttpSilo silo, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", club.Admin.Token);
        using var answer = await silo.Http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private Task<Reply> Upload(HttpSilo silo, string path, byte[] content, string? name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var admin = new Api(() => silo.Http, club.Admin.Token);
        return name is null ? admin.Send(request) : admin.Send(request, (FileEndpoints.NameHeader, name));
    }
}
