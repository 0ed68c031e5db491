using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Tests.Devices;

public sealed class AssignerTests
{
    private static readonly DateTime Monday = new(2015, 3, 2);
    private static readonly ArrivalTable Table = ArrivalTable.Embedded();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2015)]
    public void Exit_BelongsToSomebodyInside_AndNobodyIsInsideTwice(int seed)
    {
        var inside = new Dictionary<int, Place>();
        foreach (var showing in Assign(seed).Showings)
        {
            switch (showing.Kind)
            {
                case ShowingKind.Entry when showing.Place != Place.Pool:
                    Assert.True(inside.TryAdd(showing.Visitor, showing.Place), $"seed {seed}: {showing}");
                    break;
                case ShowingKind.Exit or ShowingKind.InferredExit:
                    Assert.True(
                        inside.Remove(showing.Visitor, out var place) && place == showing.Place,
                        $"seed {seed}: {showing}");
                    break;
            }
        }

        Assert.Empty(inside);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2015)]
    public void Counts_AreConserved(int seed)
    {
        var (assigner, swipes, showings) = Assign(seed);
        var counts = assigner.Counts;

        Assert.Equal(swipes.Count(swipe => swipe.Direction == Direction.In),
            counts.Entries + counts.EntriesWithoutPerson);
        Assert.Equal(swipes.Count(swipe => swipe.Direction == Direction.Out),
            counts.Exits + counts.ExitsWithoutPerson);
        Assert.Equal(counts.Entries, counts.Exits + counts.InferredExits + counts.UnseenExits);
        Assert.Equal(0, assigner.InsideCount);
        Assert.Equal(
            [counts.Entries, counts.Exits, counts.InferredExits, counts.Repeats, counts.Unknown],
            Enum.GetValues<ShowingKind>().Select(kind => (long)showings.Count(showing => showing.Kind == kind)));
    }

    [Fact]
    public void Swipes_AreNearlyAllGivenToSomebody()
    {
        var counts = Assign(5).Assigner.Counts;

        Assert.True(counts.EntriesWithoutPerson == 0, $"{counts.EntriesWithoutPerson} entries without a person");
        Assert.True(counts.ExitsWithoutPerson * 20 < counts.Exits, $"{counts.ExitsWithoutPerson} exits without");
    }

    [Fact]
    public void Showings_AreTheSameForTheSameSeed_AndInOrder()
    {
        var first = Assign(11).Showings;

        Assert.Equal(first, Assign(11).Showings);
        Assert.NotEqual(first, Assign(12).Showings);
        Assert.Equal(first.OrderBy(showing => showing.At).Select(showing => showing.At),
            first.Select(showing => showing.At));
        Assert.Equal(first.Count, first.Select(showing => showing.Number).Distinct().Count());
    }

    [Fact]
    public void People_ComeAroundTheirUsualHour()
    {
        var members = Members();
        var entries = Assign(3).Showings.Where(showing => showing.Kind == ShowingKind.Entry).ToList();

        var usual = entries.Count(entry =>
            Math.Abs(entry.At.Hour - members[entry.Visitor].UsualHour) <= 2);

        Assert.True(usual > entries.Count * 0.8, $"{usual} of {entries.Count}");
    }

    [Fact]
    public void Repeats_AndUnknownBadges_HaveTheirShare()
    {
        var (assigner, _, showings) = Assign(4);
        var counts = assigner.Counts;

        Assert.InRange((double)counts.Repeats / (counts.Entries + counts.Exits), 0.02, 0.04);
        Assert.InRange((double)counts.Unknown / counts.Entries, 0.005, 0.015);
        Assert.All(
            showings.Where(showing => showing.Kind == ShowingKind.Repeat),
            repeat => Assert.Contains(showings, first => first.Visitor == repeat.Visitor
                && first.Reader == repeat.Reader && first.Direction == repeat.Direction
                && (repeat.At - first.At).TotalSeconds is > 0 and < 10));
    }

    [Fact]
    public void Pool_IsNeverLeftThroughAReader()
    {
        var showings = Assign(6).Showings;

        Assert.Contains(showings, showing => showing.Place == Place.Pool);
        Assert.DoesNotContain(
            showings, showing => showing.Place == Place.Pool && showing.Direction == Direction.Out);
        Assert.DoesNotContain(
            showings, showing => showing.Reader == Reader.CarParkExit && showing.Direction == Direction.In);
    }

    [Fact]
    public void Exit_GoesToWhoeverHasBeenInsideLongest_WhenAllAreAlike()
    {
        Visitor[] visitors = [.. Enumerable.Range(0, 3).Select(index =>
            new Visitor(index, 12, 0b1111111, 1, [Place.Weights]))];
        var allSeen = Table with { ExitsTotal = Table.EntriesTotal };
        Swipe[] swipes =
        [
            .. Enumerable.Range(0, 3).Select(count => new Swipe(Direction.In, Monday.AddMinutes(20 * count))),
            .. Enumerable.Range(0, 4).Select(count => new Swipe(Direction.Out, Monday.AddMinutes(70 + count))),
        ];

        var showings = new Assigner(visitors, allSeen, 1).Assign(swipes).ToList();

        var came = showings.Where(showing => showing.Kind == ShowingKind.Entry).Select(showing => showing.Visitor);
        var left = showings.Where(showing => showing.Kind == ShowingKind.Exit).Select(showing => showing.Visitor);
        Assert.Equal(came, left);
    }

    private static Visitor[] Members() =>
        [.. MemberPlan.Draw(400, 2015, "abc123", Table).Select(member => member.Habits)];

    private static (Assigner Assigner, List<Swipe> Swipes, List<Showing> Showings) Assign(int seed)
    {
        var swipes = ArrivalStream.Draw(Table, Monday, 2, seed)
            .TakeWhile(swipe => swipe.At < Monday.AddDays(28)).ToList();
        var assigner = new Assigner(Members(), Table, seed);
        var showings = assigner.Assign(swipes).ToList();
        return (assigner, swipes, showings);
    }
}
