namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// Keeps back what an endpoint has found out if the lease ended meanwhile: it may be true no more.
/// </summary>
public sealed class ActiveFilter(SiloHost silo) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (silo.IsActive)
        {
            return result;
        }

        var headers = context.HttpContext.Response.Headers;
        headers.SetCookie = default;
        headers.Remove(CommandRunner.PositionHeader);
        return Problems.Of("not_active");
    }
}
