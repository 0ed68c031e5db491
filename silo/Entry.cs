using SmartClub.Grains;
using SmartClub.Setup;
using SmartClub.Silo.Backups;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Imports;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views;

namespace SmartClub.Silo;

/// <summary>The silo's verbs and exit codes, as its supervisor knows them.</summary>
public static class Entry
{
    /// <summary>Asked to stop, or all checks hold.</summary>
    public const int Ok = 0;

    /// <summary>A check failed, or the silo crashed.</summary>
    public const int Failed = 1;

    /// <summary>Started again later it may run: the database is away, or another silo took over.</summary>
    public const int TryLater = 75;

    /// <summary>It will not run like this, however often it is started.</summary>
    public const int Refuses = 78;

    /// <summary>Runs a verb.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            if (args is ["describe", var file])
            {
                return await Describe(file);
            }

            var settings = SiloSettings.FromEnvironment();
            return args switch
            {
                [] or ["serve"] => await Serve(settings),
                ["verify"] => await Verify(settings),
                ["rebuild-views"] => await Rebuild(settings),
                ["backup"] => await Backup(settings),
                ["unpack-keys"] => await UnpackKeys(settings),
                ["import", var address, .. var words] =>
                    await Import(settings, new Uri(address), ImportWish.Read(words)),
                ["restore", .. var until] => await Restore(settings, until.FirstOrDefault()),
                _ => throw new RefusesToRunException($"Unknown verb ‘{string.Join(' ', args)}’."),
            };
        }
        catch (RefusesToRunException refusal)
        {
            await Say(refusal.Sentence);
            return Refuses;
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Say($"The port is in use by another program.");
            return Refuses;
        }
    }

    private static async Task<int> Serve(SiloSettings settings)
    {
        await using var app = WebHost.Build(settings);
        var silo = app.Services.GetRequiredService<SiloHost>();
        await app.RunAsync();
        return silo.Fault switch
        {
            null => Ok,
            RefusesToRunException refusal => throw refusal,
            Npgsql.NpgsqlException or FencedException or JournalUnavailableException => TryLater,
            _ => Failed,
        };
    }

    // The web app is built against this description; it needs neither a database nor a folder.
    private static async Task<int> Describe(string file)
    {
        var nowhere = new SiloSettings("postgresql://nowhere", Path.GetTempPath(), 0, null, null, null);
        await using var app = WebHost.Build(nowhere);
        await using var output = File.Create(file);
        await ApiDescription.Write(app, output, CancellationToken.None);
        return Ok;
    }

    private static async Task<int> Verify(SiloSettings settings)
    {
        await using var services = Services(settings);
        try
        {
            var done = await services.GetRequiredService<Verifier>().Run(CancellationToken.None);
            if (done.MediaFaults.Count > 0)
            {
                await SayFaults(done.MediaFaults);
                return Failed;
            }

            await Say(
                $"ok: {done.Rows} rows, {done.Grains} grains, {done.Snapshots} snapshots, {done.ViewRows} view rows");
            return Ok;
        }
        catch (FaultFoundException fault)
        {
            await Say($"fault: {fault.Sentence}");
            return Failed;
        }
    }

    private static async Task SayFaults(IReadOnlyList<FormattableString> faults)
    {
        foreach (var fault in faults.Take(Limits.ImportErrors))
        {
            await Say($"fault: {fault}");
        }
    }

    private static async Task<int> Rebuild(SiloSettings settings)
    {
        await using var services = Services(settings);
        using var alone = services.GetRequiredService<IAppendingConnection>();
        await Schema.Migrate(services.GetRequiredService<Database>(), CancellationToken.None);
        if ((await alone.TryTake()).Head is not { } head)
        {
            throw new RefusesToRunException($"A silo is running on this database; stop it first: ./smartclub down.");
        }

        var lease = services.GetRequiredService<Lease>();
        var epoch = await alone.BeginEpoch(lease.Holder);
        var store = services.GetRequiredService<ViewStore>();
        var rebuilding = Rebuild(store, head);
        while (await Task.WhenAny(rebuilding, Task.Delay(Limits.BeatEvery, lease.Clock)) != rebuilding)
        {
            // A silo that stands by must not take this for silence.
            await alone.Beat(epoch);
        }

        await rebuilding;
        await alone.LetGo(epoch);
        await Say($"ok: {store.Views.Length} views rebuilt up to position {head.Position}");
        return Ok;
    }

    private static async Task<int> Backup(SiloSettings settings)
    {
        await using var services = Services(settings);
        await Say(await BackupVerbs.Backup(services));
        return Ok;
    }

    // For a club that is restored otherwise: PostgreSQL's own log has brought its database back.
    private static async Task<int> UnpackKeys(SiloSettings settings)
    {
        var keysFile = BackupVerbs.UnpackKeys(settings);
        await Say($"ok: keys of {keysFile.Header.At:u}");
        return Ok;
    }

    private static async Task<int> Restore(SiloSettings settings, string? until)
    {
        var keysFile = BackupVerbs.UnpackKeys(settings);
        await using var services = Services(settings);
        var (said, faults) = await BackupVerbs.Restore(services, keysFile, until);
        await Say(said);
        await SayFaults(faults);
        return Ok;
    }

    private static async Task<int> Import(SiloSettings settings, Uri address, ImportWish wish)
    {
#pragma warning disable RS0030
        await using var input = Console.OpenStandardInput();
#pragma warning restore RS0030
        return await ImportVerb.Run(settings, address, wish, input, Say) ? Ok : Failed;
    }

    private static async Task Rebuild(ViewStore store, JournalHead head)
    {
        await store.Prepare(CancellationToken.None);
        await store.Rebuild(store.Views, head.Position, CancellationToken.None);
    }

    private static ServiceProvider Services(SiloSettings settings) => new ServiceCollection()
        .AddLogging()
        .AddSilo(settings, Modules.All)
        .BuildServiceProvider();

    private static async Task Say(FormattableString sentence)
    {
        // The one thing that is said to whoever typed the command; everything else goes to the log.
#pragma warning disable RS0030
        await Console.Error.WriteLineAsync(Words.AsWished(sentence));
#pragma warning restore RS0030
    }
}
