using System.Reflection;
using System.Text.RegularExpressions;
using SmartClub.Grains;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway;

namespace SmartClub.Tests.Style;

/// <summary>Who may know whom, and which files a feature consists of.</summary>
public sealed partial class DirectionTests
{
    // Nothing below calls anything above: each part of the silo, and the parts that it may not name.
    private static readonly (string Part, string[] MayNotName)[] Directions =
    [
        ("silo/Journal", ["Engines", "Views", "Gateway", "Checks"]),
        ("silo/Engines", ["Gateway", "Checks"]),
        ("silo/Views", ["Engines", "Gateway", "Checks"]),
        ("silo/Checks", ["Gateway"]),
    ];

    [Fact]
    public void Grains_KnowNothingButThemselves()
    {
        var known = typeof(Modules).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.All(known, name => Assert.StartsWith("System", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_NameNothingAboveThem() => Assert.Empty(
        from direction in Directions
        from file in SourceTree.Files(".cs")
        where file.Path.StartsWith(direction.Part + "/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        from above in direction.MayNotName
        where Regex.IsMatch(line.Item, $@"\bSilo\.{above}\b|(?<!\.)\b{above}\.[A-Z]")
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Sql_StandsInTheJournalAndTheViewsOnly() => Assert.Empty(
        from file in SourceTree.Files(".cs")
        where file.Path.StartsWith("silo/Gateway/", StringComparison.Ordinal)
            || file.Path.StartsWith("grains/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where line.Item.Contains("NpgsqlCommand", StringComparison.Ordinal)
            || line.Item.Contains("NpgsqlBatch", StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1}");

    [Fact]
    public void Features_HaveTheWholeCast()
    {
        foreach (var module in Modules.All)
        {
            var folder = module.Grains[0].StateType.Namespace!.Split('.')[^1];
            var files = Directory.GetFiles(Path.Combine(SourceTree.Root, "grains", folder)).Select(Path.GetFileName);
            string[] cast = module.Views.Count > 0
                ? ["Commands", "Events", "State", "Rules", "View", "Module"]
                : ["Commands", "Events", "State", "Rules", "Module"];
            Assert.All(cast, role => Assert.Contains(
                files, f => f!.EndsWith(role + ".cs", StringComparison.Ordinal)));
        }

        var folders = Directory.GetDirectories(Path.Combine(SourceTree.Root, "grains")).Select(Path.GetFileName)
            .Except(["Model", "bin", "obj"]);
        Assert.Equal(
            folders.Order(), Modules.All.Select(m => m.Grains[0].StateType.Namespace!.Split('.')[^1]).Order());
    }

    [Fact]
    public void Features_KeepCommandsAndEventsWithinThemselves() => Assert.All(Modules.All, module =>
    {
        var own = module.Grains[0].StateType.Namespace!;
        foreach (var named in module.Grains.SelectMany(g => g.Commands.Concat(g.Events)))
        {
            Assert.StartsWith(own, named.Type.Namespace, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Refusals_AreListedByTheirModule_AndEachHasAStatusAndWords()
    {
        var enums = typeof(Modules).Assembly.GetTypes()
            .Where(t => t.IsEnum && t.Name.EndsWith("Refusal", StringComparison.Ordinal));
        Assert.Equal(
            enums.OrderBy(t => t.FullName), Modules.All.SelectMany(m => m.Refusals).OrderBy(t => t.FullName));
        foreach (var code in Modules.All.SelectMany(m => m.Refusals).SelectMany(Enum.GetNames).Select(Refusal.Snake))
        {
            Assert.InRange(Problems.Status(code), 400, 499);
            Assert.All(Texts.Languages, l => Assert.NotEmpty(Texts.Get(l, "problem." + code)));
        }
    }

    [Fact]
    public void PersonalFields_CanBeForgotten_AndBelongToAPerson()
    {
        var nullability = new NullabilityInfoContext();
        foreach (var named in Modules.All.SelectMany(m => m.Grains).SelectMany(g => g.Commands.Concat(g.Events)))
        {
            foreach (var property in named.Type.GetProperties())
            {
                if (property.GetCustomAttribute<PersonalAttribute>() is not null)
                {
                    Assert.False(property.PropertyType.IsValueType, $"{named.Name}.{property.Name}");
                    Assert.Equal(NullabilityState.Nullable, nullability.Create(property).ReadState);
                }
            }
        }
    }

    [Fact]
    public void StoredNames_AreWellFormed() => Assert.All(Modules.All.SelectMany(m => m.Grains), grain =>
    {
        Assert.All(grain.Commands, c => Assert.Matches(CommandName(), c.Name));
        Assert.All(grain.Events, e => Assert.Matches(EventName(), e.Name));
        Assert.InRange(grain.Kind, (short)1, (short)999);
    });

    [GeneratedRegex(@"^[a-z_]+\.[a-z_]+$")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"^[a-z_]+\.[a-z_]+\.v[1-9]\d*$")]
    private static partial Regex EventName();
}
