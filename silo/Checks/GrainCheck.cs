using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Checks;

/// <summary>Folds every grain from zero and checks what must hold between its rows.</summary>
internal sealed class GrainCheck(IReadOnlyDictionary<short, GrainDefinition> definitions)
{
    private readonly Dictionary<GrainId, (IGrainState State, int Version)> grains = [];
    private readonly HashSet<CommandId> commands = [];
    private readonly HashSet<CommandId> open = [];

    /// <summary>Grains seen.</summary>
    public int Count => grains.Count;

    /// <summary>Moves the row's grain on and returns its state.</summary>
    public IGrainState Take(JournalRow row)
    {
        Verifier.Require(
            definitions.TryGetValue(row.Grain.Kind, out var definition),
            $"Row {row.Position} is of kind {row.Grain.Kind}, which no module knows.");
        var (state, version) = grains.TryGetValue(row.Grain, out var known) ? known : (definition!.NewState(), 0);
        Verifier.Require(
            row.Version == version + 1,
            $"Row {row.Position} is version {row.Version} of {row.Grain}; {version + 1} should follow.");
        CheckCommands(row);
        foreach (var happened in row.Events)
        {
            state.Apply(happened);
        }

        grains[row.Grain] = (state, row.Version);
        return state;
    }

    private void CheckCommands(JournalRow row)
    {
        Verifier.Require(commands.Add(row.CommandId), $"The command of row {row.Position} was applied before.");
        if (row.Answer is null)
        {
            open.Add(row.CommandId);
        }

        foreach (var settled in row.Settled)
        {
            Verifier.Require(
                open.Remove(settled.Command), $"Row {row.Position} settles an outcome that was not open.");
        }
    }
}
