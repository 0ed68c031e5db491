using SmartClub.Devices.Club;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Running;
using SmartClub.Devices.Staff;
using SmartClub.Setup;

namespace SmartClub.Devices.Verbs;

/// <summary>
/// Checks that the silo still knows every scan it ever acknowledged to the simulator, which may go on meanwhile.
/// </summary>
public static class CheckVerb
{
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("url", "login", "state", "trust");
        using var http = DemoSetup.MakeHttp(arguments);
        return await Run(arguments, http, output, clock, stop);
    }

    /// <summary>The same, by way of this client.</summary>
    public static async Task<int> Run(
        Arguments arguments, HttpClient http, Output output, TimeProvider clock, CancellationToken stop)
    {
        using var state = ClubState.Look(arguments.Required("state"));
        using var staff = new StaffClient(http, FirstLogin.Load(arguments.Required("login")), state.TokenPath, clock);
        var scans = ScanJournal.Read(state.ScansPath);
        var gates = OpenGates(http, state, clock);
        try
        {
            var check = new AcknowledgedCheck(gates);
            if (await check.FirstDifference(scans, stop) is { } difference)
            {
                output.Fault(Words.AsWished(difference));
                return 1;
            }

            return await Conclude(scans, check.Same, staff, output, stop);
        }
        finally
        {
            foreach (var gate in gates.Values)
            {
                gate.Dispose();
            }
        }
    }

    private static Dictionary<string, GateClient> OpenGates(HttpClient http, ClubState state, TimeProvider clock)
    {
        PrivateFile.CreateFolder(state.CheckFolder);
        return state.Club!.Gates.Values.ToDictionary(
            gate => gate.Id, gate => GateClient.Open(http, gate, state.CheckFolder, new RetryPolicy(), clock));
    }

    private static async Task<int> Conclude(
        IReadOnlyList<(AskedScan Asked, AnsweredScan? Answered)> scans, long same, StaffClient staff, Output output,
        CancellationToken stop)
    {
        var highest = scans.Max(scan => scan.Answered?.Position) ?? 0;
        var head = await staff.Get<ListHead>($"/api/members?query=demo&after={highest}", stop);
        if (head.AsOf < highest)
        {
            output.Fault(Words.AsWished(
                $"Position {highest} was acknowledged, but the silo is only at {head.AsOf}."));
            return 1;
        }

        var fresh = scans.Count(scan => scan.Answered is { Position: null });
        var open = scans.Count(scan => scan.Answered is null);
        output.Line(Words.AsWished($"ok: {same} acknowledged scans were answered the same again."));
        output.Line(Words.AsWished(
            $"{fresh} without a member are decided afresh each time, {open} were never answered."));
        return 0;
    }
}
