using System.Net.Mail;
using System.Text.Json;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Reactions;

/// <summary>
/// The outbox simulator of a club without a mail server: each mail is a file in the folder <c>outbox</c>, readable by
/// the owner of the data folder and, through the API, by staff who may see the outbox. The oldest give way.
/// </summary>
public sealed class FolderMailer(SiloSettings settings, ILogger<FolderMailer> log) : IMailer
{
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public bool IsSimulator => true;

    private string Folder => Path.Combine(settings.DataFolder, "outbox");

    /// <inheritdoc/>
    public Task<MailOutcome> Send(Mail mail, CancellationToken cancel)
    {
        if (!MailAddress.TryCreate(mail.To, out _))
        {
            return Task.FromResult(new MailOutcome(MessageResult.Never, "bad_address"));
        }

        try
        {
            lock (gate)
            {
                Directory.CreateDirectory(
                    Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                ClubKeys.WriteFile(FilePath(mail.Id), JsonSerializer.SerializeToUtf8Bytes(mail));
                Tidy();
            }

            return Task.FromResult(new MailOutcome(MessageResult.Sent, null));
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("A mail could not be written: {Reason}.", full.GetType().Name);
            return Task.FromResult(new MailOutcome(MessageResult.NotNow, "folder_not_writable"));
        }
    }

    /// <summary>A mail that was written, or null where it is there no more.</summary>
    public Mail? Read(MessageId id)
    {
        try
        {
            return JsonSerializer.Deserialize<Mail>(File.ReadAllBytes(FilePath(id)));
        }
        catch (Exception gone) when (gone is IOException or JsonException)
        {
            return null;
        }
    }

    private string FilePath(MessageId id) => Path.Combine(Folder, $"{id}.json");

    private void Tidy()
    {
        var files = new DirectoryInfo(Folder).GetFiles("*.json");
        foreach (var old in files.OrderByDescending(f => f.LastWriteTimeUtc).Skip(Limits.MailsInFolder))
        {
            old.Delete();
        }
    }
}
