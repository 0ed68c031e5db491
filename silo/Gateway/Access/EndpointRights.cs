namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// Who may call an endpoint. Every endpoint carries exactly one of these; without it the answer is a plain "no", and
/// a test that enumerates all endpoints fails.
/// </summary>
public abstract record EndpointRight
{
    /// <summary>Anybody, signed in or not.</summary>
    public sealed record Anyone : EndpointRight;

    /// <summary>A member of staff with this right.</summary>
    public record Staff(string Right) : EndpointRight;

    /// <summary>The same, or a program on this machine that asks the silo itself.</summary>
    public sealed record StaffOrMachine(string Right) : Staff(Right);

    /// <summary>A member on their own phone; the endpoint gives them what is theirs.</summary>
    public sealed record Member : EndpointRight;

    /// <summary>A gate whose request is signed; the gate protocol checks it.</summary>
    public sealed record Device : EndpointRight;
}

/// <summary>Changes something, and may be called by who sees the club as a colleague does.</summary>
public sealed record AlsoWhileViewing;

/// <summary>Words with which endpoints declare who may call them.</summary>
public static class EndpointRights
{
    /// <summary>Anybody may call this.</summary>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointRight.Anyone());

    /// <summary>Staff with a right may call this.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, string right)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter<TBuilder, ActiveFilter>().WithMetadata(new EndpointRight.Staff(right));

    /// <summary>Staff with a right may call this, and programs on this machine.</summary>
    public static TBuilder RequiresAwayFromMachine<TBuilder>(this TBuilder builder, string right)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointRight.StaffOrMachine(right));

    /// <summary>Also who only sees the club as a colleague does may call this, although it changes something.</summary>
    public static TBuilder AlsoWhileViewing<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AlsoWhileViewing());

    /// <summary>Members may call this, each for themselves.</summary>
    public static TBuilder ForMembers<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter<TBuilder, ActiveFilter>().WithMetadata(new EndpointRight.Member());

    /// <summary>Gates may call this.</summary>
    public static TBuilder ForGates<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointRight.Device());
}
