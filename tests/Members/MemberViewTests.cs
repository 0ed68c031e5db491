using System.Reflection;
using SmartClub.Grains;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

public sealed class MemberViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Member_CanBeSearchedWithoutAccentsAndByDigits()
    {
        var row = Row(new MemberView(), new MemberRegistered("CODE2345", "Hélène", "N'Sélé", null, "+243 81-23"));
        Assert.Equal("Hélène N'Sélé", row["display_name"]);
        Assert.Equal("helene n'sele n'sele helene code2345 +243 81-23 2438123", row["search"]);
        Assert.Equal("expired", row["status"]);
    }

    [Fact]
    public void Member_WhoWasErased_HasNoName()
    {
        var row = Row(new MemberView(), new MemberRegistered("CODE2345", null, null, null, null));
        Assert.Null(row["display_name"]);
        Assert.Equal("code2345", row["search"]);
    }

    [Fact]
    public void Correction_ChangesEverythingThatIsSearchedAndSorted_AndNothingElse()
    {
        var row = Row(new MemberView(), new MemberDetailsChanged(2, "Émilie", "Lukusa", "e@example.org", "+243 82"));
        Assert.Equal("Émilie Lukusa", row["display_name"]);
        Assert.Equal("lukusa emilie", row["sort_name"]);
        Assert.StartsWith("emilie lukusa lukusa emilie ", (string)row["search"]!, StringComparison.Ordinal);
        Assert.EndsWith(" e@example.org +243 82 24382", (string)row["search"]!, StringComparison.Ordinal);
        Assert.Equal(2L, row["details_changes"]);
        Assert.DoesNotContain("status", row.Keys);
        Assert.DoesNotContain("registered_at", row.Keys);
    }

    [Fact]
    public void Standing_IsTakenFromEvents()
    {
        var row = Row(new MemberView(), new MembershipEnded(
            Hall.First, new MemberStanding(MemberStatus.Suspended, new DateOnly(2026, 11, 23))));
        Assert.Equal(("suspended", true), (row["status"], row["suspended"]));
        Assert.Equal(new DateOnly(2026, 11, 23), row["expires_on"]);
    }

    [Fact]
    public void Presence_ComesAndGoes()
    {
        var hall = new Hall().With();
        var entered = hall.Scan().Tells<Entered>();
        Assert.Equal(hall.Grain.Now, Row(new PresenceView(), entered)["entered_at"]);
        var left = Assert.Single(new PresenceView().Map(At(hall.Scan(Direction.Out).Tells<Left>())));
        Assert.Equal($"{Hall.Member}:{hall.Zone.Id}", left.Key);
        Assert.Null(left.Columns);
    }

    [Fact]
    public void Views_WriteOnlyTheirColumns_InTheirTypes()
    {
        var club = new NaiveRun(seed: 7);
        club.Run(400);
        var views = Modules.All.SelectMany(m => m.Views).ToList();
        var written = new HashSet<string>();
        foreach (var (grain, happened) in club.Club.Journal)
        {
            foreach (var change in views.SelectMany(v => v.Map(At(happened, grain))))
            {
                var table = Assert.Single(views.SelectMany(v => v.Tables), t => t.Name == change.Table);
                written.Add(table.Name);
                Assert.All(change.Columns ?? new Dictionary<string, object?>(), column =>
                    Assert.True(Fits(table.Columns[column.Key], column.Value), $"{table.Name}.{column.Key}"));
            }
        }

        Assert.Superset(
            new HashSet<string> { "members", "memberships", "credentials", "presence" }, written);
    }

    [Fact]
    public void Timeline_HasATypeForEveryEventThatPeopleLearnFrom()
    {
        var club = new NaiveRun(seed: 11);
        club.Run(600);
        var types = club.Club.Journal.Select(j => MemberTimeline.Of(j.Event)?.Type).OfType<string>().ToHashSet();
        Assert.Subset(MemberTimeline.Types.ToHashSet(), types);
    }

    [Fact]
    public void PersonalFields_CanBeMissing()
    {
        var context = new NullabilityInfoContext();
        var types = Modules.All.SelectMany(m => m.Grains).SelectMany(g => g.Commands.Concat(g.Events));
        var personal = types.SelectMany(t => t.Type.GetProperties())
            .Where(p => p.GetCustomAttribute<PersonalAttribute>() is not null)
            .ToList();
        Assert.NotEmpty(personal);
        Assert.All(personal, p => Assert.Equal(NullabilityState.Nullable, context.Create(p).ReadState));
    }

    private static bool Fits(ColumnType type, object? value) => value is null || type switch
    {
        ColumnType.Text or ColumnType.Json or ColumnType.Sealed => value is string,
        ColumnType.Number => value is long,
        ColumnType.Flag => value is bool,
        ColumnType.Time => value is DateTimeOffset { Offset.Ticks: 0 },
        ColumnType.Day => value is DateOnly,
        _ => false,
    };

    private static Recorded At(IEvent happened, GrainId? grain = null) =>
        new(1, grain ?? Hall.Member.Grain, 1, Now, "system", happened);

    private static IReadOnlyDictionary<string, object?> Row(IView view, IEvent happened) =>
        Assert.Single(view.Map(At(happened))).Columns!;
}
