using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Tests.Support.TestGrains;

/// <summary>A person's own words, which nobody can read once their key is destroyed.</summary>
[Internal]
internal sealed record WriteDiary(Id<DiaryTag> Diary, int Page, [property: Personal] string? Text) : ICommand<Done>
{
    GrainId ICommand.Target => Diary.Grain;
}

internal sealed record DiaryWritten(int Page, [property: Personal] string? Text) : IEvent;

internal sealed class DiaryState : IGrainState
{
    public int Pages { get; set; }

    public List<string?> Texts { get; set; } = [];

    public void Apply(IEvent happened)
    {
        if (happened is DiaryWritten written)
        {
            Pages = written.Page;
            Texts.Add(written.Text);
        }
    }
}

internal static class DiaryRules
{
    public static Decision Decide(DiaryState diary, WriteDiary write, Facts facts)
    {
        _ = (diary, facts);
        return Accept(new DiaryWritten(write.Page, write.Text));
    }
}
