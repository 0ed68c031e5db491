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
    public sealed record Staff(string Right) : EndpointRight;

    /// <summary>A gate whose request is signed; the gate protocol checks it.</summary>
    public sealed record Device : EndpointRight;
}

/// <summary>Words with which endpoints declare who may call them.</summary>
public static class EndpointRights
{
    /// <summary>Anybody may call this.</summary>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointRight.Anyone());

    /// <summary>Staff with a right may call this.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, string right)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointRight.Staff(right));

    /// <summary>Gates may call this.</summary>
    public static TBuilder ForGates<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new EndpointRight.Device());
}
