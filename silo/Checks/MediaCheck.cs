using SmartClub.Grains.Members;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Media;

namespace SmartClub.Silo.Checks;

/// <summary>Whether every picture and document that the journal names is there, and is what was kept.</summary>
internal sealed class MediaCheck(MediaStore media)
{
    private readonly Dictionary<FileId, (MemberId Member, long? Bytes)> named = [];

    /// <summary>Notes what a row says of files.</summary>
    public void Take(JournalRow row)
    {
        foreach (var happened in row.Events)
        {
            switch (happened)
            {
                case PhotoSet set:
                    named[set.FileId] = (new MemberId(row.Grain.Key), null);
                    break;
                case PhotoRemoved removed:
                    named.Remove(removed.FileId);
                    break;
                case AttachmentAdded added:
                    named[added.FileId] = (new MemberId(row.Grain.Key), added.Bytes);
                    break;
                case AttachmentRemoved removed:
                    named.Remove(removed.FileId);
                    break;
            }
        }
    }

    /// <summary>What is wrong with files; those of erased persons cannot be looked at, and are not.</summary>
    public async Task<IReadOnlyList<FormattableString>> Finish(CancellationToken cancel)
    {
        var faults = new List<FormattableString>();
        foreach (var (id, (member, bytes)) in named.OrderBy(file => file.Key.ToString(), StringComparer.Ordinal))
        {
            var (state, content) = await media.Open(member, id, cancel);
            var isChanged = state == MediaState.Damaged
                || (content is not null && bytes is { } size && content.Length != size);
            FormattableString missing = $"The file {id} of {member} is missing.";
            FormattableString changed = $"The file {id} of {member} was changed.";
            if (state == MediaState.Missing || isChanged)
            {
                faults.Add(isChanged ? changed : missing);
            }
        }

        return faults;
    }
}
