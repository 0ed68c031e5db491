using SmartClub.Devices.Running;
using SmartClub.Devices.Staff;

namespace SmartClub.Devices.Verbs;

/// <summary>Checks that the silo still knows every scan it ever acknowledged to this simulator.</summary>
public static class CheckVerb
{
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("url", "login", "state", "seed", "members", "trust");
        using var setup = await DemoSetup.Open(arguments, output, clock, stop);
        var scans = ScanJournal.Read(setup.State.ScansPath);
        var check = new AcknowledgedCheck(setup.Gates.ById);
        if (await check.FirstDifference(scans, stop) is { } difference)
        {
            output.Fault(difference);
            return 1;
        }

        var highest = scans.Max(scan => scan.Answered?.Position) ?? 0;
        var head = await setup.Staff.Get<ListHead>($"/api/members?query=demo&after={highest}", stop);
        if (head.AsOf < highest)
        {
            output.Fault($"position {highest} was acknowledged, but the silo is only at {head.AsOf}");
            return 1;
        }

        var fresh = scans.Count(scan => scan.Answered is { Position: null });
        var open = scans.Count(scan => scan.Answered is null);
        output.Line(
            $"ok: {check.Same} acknowledged scans answered the same again; {fresh} without a member are decided "
            + $"afresh each time, {open} were never answered");
        return 0;
    }
}
