using SmartClub.Grains.Model;

namespace SmartClub.Grains;

/// <summary>Every feature of the club, in one list: what is not here does not exist.</summary>
public static class Modules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FeatureModule> All { get; } =
    [
        Sites.SitesModule.Module,
        Zones.ZonesModule.Module,
        Plans.PlansModule.Module,
        Members.MembersModule.Module,
        Credentials.CredentialsModule.Module,
        Gates.GatesModule.Module,
        Staff.StaffModule.Module,
        Roles.RolesModule.Module,
        Accounts.AccountsModule.Module,
        Messages.MessagesModule.Module,
        Alerts.AlertsModule.Module,
        Emergencies.EmergenciesModule.Module,
        Imports.ImportsModule.Module,
    ];
}
