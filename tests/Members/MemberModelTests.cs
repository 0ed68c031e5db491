namespace SmartClub.Tests.Members;

/// <summary>Random days of a small club: grains and a naive model must agree at every step.</summary>
public sealed class MemberModelTests
{
    private const int SeedsPerCase = 40;
    private const int Steps = 200;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Grains_AgreeWithTheNaiveModel(int part)
    {
        for (var i = 0; i < SeedsPerCase; i++)
        {
            new NaiveRun((part * SeedsPerCase) + i).Run(Steps);
        }
    }
}
