namespace SmartClub.Silo.Gateway.Devices.Orders;

/// <summary>Registers what orders to gates need.</summary>
public static class OrderServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddGateOrders(this IServiceCollection services) => services
        .AddSingleton<GateConnections>()
        .AddSingleton<GateOrders>()
        .AddSingleton<Journal.ICommitListener>(p => p.GetRequiredService<GateOrders>())
        .AddSingleton<IStartsWithSilo>(p => p.GetRequiredService<GateOrders>());
}
