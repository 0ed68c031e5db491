namespace SmartClub.Grains.Model;

/// <summary>
/// The door of a grain: a serialisable record that carries its target's key, its content and, as an attribute,
/// the right that its caller needs (<see cref="NeedsAttribute"/>) or that only grains send it
/// (<see cref="InternalAttribute"/>).
/// </summary>
public interface ICommand
{
    /// <summary>The grain that decides.</summary>
    GrainId Target { get; }
}

/// <summary>A command whose acceptance hands back a <typeparamref name="TOutcome"/>.</summary>
public interface ICommand<TOutcome> : ICommand;

/// <summary>The outcome of commands that have nothing to tell but "done".</summary>
public sealed record Done
{
    /// <summary>The one instance.</summary>
    public static readonly Done Instance = new();
}

/// <summary>The outcome of commands that make a new thing.</summary>
public sealed record Created<TTag>(Id<TTag> Id)
    where TTag : IIdTag;

/// <summary>The right that a person needs to send this command, or to call this method of a hub.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(string right) : Attribute
{
    /// <summary>One of <see cref="Rights"/>.</summary>
    public string Right { get; } = right;
}

/// <summary>Only other grains, reminders and the silo itself send this command.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InternalAttribute : Attribute;
