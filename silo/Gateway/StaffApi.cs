using SmartClub.Silo.Gateway.Alerts;
using SmartClub.Silo.Gateway.Imports;
using SmartClub.Silo.Gateway.Lists;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Gateway.Past;
using SmartClub.Silo.Gateway.People;
using SmartClub.Silo.Gateway.People.Passkeys;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Media;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway;

/// <summary>The staff API: everything that people of the club do with it.</summary>
public static class StaffApi
{
    /// <summary>Registers what the staff API needs besides the gateway's core.</summary>
    public static IServiceCollection AddStaffApi(this IServiceCollection services) => services
        .AddSingleton<Passwords>()
        .AddSingleton<LoginGuard>()
        .AddSingleton<SignIn>()
        .AddSingleton<PasskeyDesk>()
        .AddSingleton<ReadAfter>()
        .AddSingleton<MemberQueries>()
        .AddSingleton<GateOrderQueries>()
        .AddSingleton<AuditQueries>()
        .AddSingleton<ContactQueries>()
        .AddSingleton<ImportQueries>()
        .AddSingleton<FirstStepQueries>()
        .AddSingleton<ImportTurn>()
        .AddSingleton<ImportRunner>()
        .AddSingleton<ImportUndoRunner>()
        .AddSingleton<OfflineDifferenceQueries>()
        .AddSingleton<OfflineDifferenceDesk>()
        .AddSingleton<MessageQueries>()
        .AddSingleton<MemberFiles>()
        .AddSingleton<MemberLists>()
        .AddSingleton<PassageLists>()
        .AddSingleton<VisitExportQueries>()
        .AddSingleton<VisitorQueries>()
        .AddSingleton<VisitExport.Places>()
        .AddSingleton<Pictures>()
        .AddSingleton<StaffNames>()
        .AddSingleton<Standing>()
        .AddSingleton<AlertQueries>()
        .AddSingleton<AlertWords>()
        .AddSingleton<EmergencyQueries>()
        .AddSingleton<EmergencyDesk>()
        .AddSingleton<DoorReturns>()
        .AddSingleton<IStartsWithSilo>(p => p.GetRequiredService<DoorReturns>())
        .AddSingleton<IStartsWithSilo, PatternWatch>()
        .AddSingleton<MemberDesk>()
        .AddSingleton<PastMember>()
        .AddSingleton<TimelineDesk>()
        .AddSingleton<IStartsWithSilo, FirstAdministrator>()
        .AddApiDescription();

    /// <summary>Maps its calls below <c>/api</c>.</summary>
    public static void MapStaffApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        api.MapClub();
        api.MapFirstSteps();
        api.MapAuth();
        api.MapAccount();
        api.MapPasskeys();
        api.MapSessions();
        api.MapStaff();
        api.MapInvitations();
        api.MapRoles();
        api.MapAudit();
        api.MapImports();
        api.MapBackup();
        api.MapSites();
        api.MapZones();
        api.MapPlans();
        api.MapGates();
        api.MapGateOrders();
        api.MapOfflineDifferences();
        api.MapAlerts();
        api.MapEmergencies();
        api.MapMembers();
        api.MapDesk();
        api.MapMemberFiles();
        api.MapLists();
        api.MapMemberships();
        api.MapCredentials();
        api.MapVisitors();
    }
}
