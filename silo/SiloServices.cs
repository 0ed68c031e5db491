using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo;

/// <summary>Registers what runs grains: journal, engine, views. The gateway is registered by itself.</summary>
public static class SiloServices
{
    /// <summary>Adds the silo's parts; <see cref="SiloHost"/> starts them in order.</summary>
    public static IServiceCollection AddSilo(
        this IServiceCollection services, SiloSettings settings, IReadOnlyList<FeatureModule> modules)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        foreach (var module in modules)
        {
            services.AddSingleton(module);
        }

        return services.AddJournal(settings).AddEngine().AddViews().AddSingleton<Checks.Verifier>()
            .AddSingleton<Media.MediaStore>()
            .AddSingleton<Backups.BackupWriter>().AddSingleton<Backups.Restorer>()
            .AddSingleton<Backups.BackupStatus>()
            .AddSingleton<SiloHost>().AddHostedService(provider => provider.GetRequiredService<SiloHost>());
    }

    private static IServiceCollection AddJournal(this IServiceCollection services, SiloSettings settings) => services
        .AddSingleton<Lease>()
        .AddSingleton(p => new Database(settings.DatabaseUri, p.GetRequiredService<Lease>().Holder))
        .AddSingleton(_ => ClubKeys.Open(settings.DataFolder))
        .AddSingleton<IWorkers, ThreadWorkers>()
        .AddSingleton<IJournalStore, PostgresJournalStore>()
        .AddSingleton<KeyRing>()
        .AddSingleton<Codec>()
        .AddSingleton<RowCodec>()
        .AddSingleton<JournalReader>()
        .AddSingleton<IAppendingConnection, JournalConnection>()
        .AddSingleton<ILeaseTable, PostgresLeaseTable>()
        .AddSingleton<Succession>()
        .AddSingleton<JournalWriter>()
        .AddSingleton<ISignedHead, SignedHead>()
        .AddSingleton<Snapshots>();

    private static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<OutcomeRetention>()
        .AddSingleton<Catalogue>()
        .AddSingleton<Turns>()
        .AddSingleton<EmbeddedEngine>()
        .AddSingleton<IGrains>(provider => provider.GetRequiredService<EmbeddedEngine>())
        .AddSingleton<IOwedStore, OwedTable>()
        .AddSingleton<OutstandingRows>()
        .AddSingleton<Deliveries>();

    private static IServiceCollection AddViews(this IServiceCollection services)
    {
        services.AddSingleton<ViewSeal>();
        services.AddSingleton<Feed>().AddSingleton<ViewStore>().AddSingleton<ViewRunner>().AddSingleton<MirrorSet>();
        services.AddSingleton<IViewStore>(provider => provider.GetRequiredService<ViewStore>());
        services.AddMirror<SiteMirror>().AddMirror<ZoneMirror>().AddMirror<PlanMirror>().AddMirror<GateMirror>();
        services.AddMirror<MemberSessionMirror>().AddMirror<PassKeyMirror>().AddMirror<MessageMirror>();
        services.AddMirror<SessionMirror>().AddMirror<StaffMirror>().AddMirror<RoleMirror>();
        services.AddMirror<CredentialMirror>().AddMirror<NameMirror>().AddMirror<EnrolmentMirror>();
        services.AddSingleton<IReference, ReferenceMirror>();
        return services;
    }

    private static IServiceCollection AddMirror<TMirror>(this IServiceCollection services)
        where TMirror : class, IMirror => services
        .AddSingleton<TMirror>()
        .AddSingleton<IMirror>(provider => provider.GetRequiredService<TMirror>());
}
