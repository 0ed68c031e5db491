namespace SmartClub.Silo.Gateway.Me;

/// <summary>What members do on their own phones: sign in, see what is theirs, show passes.</summary>
public static class MemberApi
{
    /// <summary>Registers what it needs.</summary>
    public static IServiceCollection AddMemberApi(this IServiceCollection services)
    {
        services.AddSingleton<Access.SignedInMember>().AddSingleton<MemberSignIn>().AddSingleton<SignInRequests>();
        services.AddSingleton<HoursDesk>();
        services.AddSingleton<MeDesk>().AddSingleton<BusyDesk>().AddSingleton<Views.Queries.VisitQueries>();
        return services.AddSingleton<IStartsWithSilo>(p => p.GetRequiredService<SignInRequests>());
    }

    /// <summary>Maps its calls below <c>/api/me</c>, and those of staff about it.</summary>
    public static void MapMemberApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        api.MapMemberSignIn();
        api.MapMe();
        api.MapPassKeys();
        api.MapOutbox();
    }
}
