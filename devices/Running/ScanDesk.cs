using System.Collections.Concurrent;
using System.Globalization;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Running;

/// <summary>Holds one badge to one reader and does what a person does with the answer.</summary>
public sealed class ScanDesk(
    DemoClub club, GateFleet gates, ScanJournal journal, string run, double speed, TimeProvider clock)
{
    /// <summary>One in this many opens the door and does not go through.</summary>
    private const int NotPassedOneIn = 60;

    private readonly ConcurrentDictionary<int, Place> _inside = new();

    /// <summary>The statistics in use; replaced every minute.</summary>
    public IReadOnlyList<Statistics> Statistics { get; set; } = [];

    public int InsideCount => _inside.Count;

    /// <summary>Takes over whom an earlier run left inside: the silo still counts them.</summary>
    public void Remember(IReadOnlyDictionary<int, Place> inside)
    {
        foreach (var (visitor, place) in inside)
        {
            _inside[visitor] = place;
        }
    }

    public async Task Handle(Showing showing, CancellationToken stop)
    {
        var leaves = showing.Kind is ShowingKind.Exit or ShowingKind.InferredExit;
        if (leaves && !_inside.ContainsKey(showing.Visitor))
        {
            Count(statistics => statistics.TurnedAway());
            return;
        }

        var gate = gates[showing.Reader];
        if (!leaves && gate.Orders.Stand != DoorStand.Normal)
        {
            // Nobody goes into a club that is locked or that everybody leaves.
            Count(statistics => statistics.TurnedAway());
            return;
        }

        var prefix = showing.Kind == ShowingKind.InferredExit ? "inferred-" : "scan-";
        var scan = new AskedScan(
            gate.Identity.Id, prefix + run + "-" + showing.Number.ToString(CultureInfo.InvariantCulture),
            CredentialOf(showing), showing.Direction, gate.Now, showing.Visitor, showing.Place);
        if (showing.Kind == ShowingKind.InferredExit)
        {
            Count(statistics => statistics.InferredExit());
        }

        journal.Asked(scan);
        await Ask(scan, gate, showing.Number, stop);
    }

    /// <summary>Shows what an earlier run had asked without ever being answered.</summary>
    public async Task AskAgain(AskedScan scan, CancellationToken stop)
    {
        if (gates.ById.TryGetValue(scan.GateId, out var gate))
        {
            await Ask(scan, gate, 0, stop);
        }
    }

    private async Task Ask(AskedScan scan, GateClient gate, long number, CancellationToken stop)
    {
        var startedAt = clock.GetTimestamp();
        try
        {
            var answer = await gate.Show(
                new AccessRequest(scan.ScanId, scan.Credential, scan.Direction, scan.At), stop);
            journal.Answered(scan, answer);
            Count(statistics => statistics.Answered(answer, clock.GetElapsedTime(startedAt)));
            if (answer.Decision == GateDecision.Grant && await Passes(scan, answer, gate, number, stop))
            {
                Move(scan);
            }
        }
        catch (GateUnansweredException)
        {
            // It stays unanswered in the journal, so the next start asks again.
            Count(statistics => statistics.NoAnswer());
        }
        catch (GateRefusedException refusal)
        {
            Count(statistics => statistics.RequestRefused(refusal.Code));
        }
    }

    /// <summary>
    /// Waits for the acknowledgement: the person must have arrived before the same badge is shown elsewhere.
    /// </summary>
    private async Task<bool> Passes(
        AskedScan scan, AccessAnswer answer, GateClient gate, long number, CancellationToken stop)
    {
        if (!gate.Identity.ConfirmsPassage)
        {
            return true;
        }

        var draw = new Random(Mix(number));
        if (speed > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds((1 + (2 * draw.NextDouble())) / Math.Max(1, speed)), clock, stop);
        }

        // Who wants to leave and did not get through would try again at once.
        var passes = scan.Direction == Direction.Out || draw.Next(NotPassedOneIn) > 0;
        await gate.Report(passes ? GateEvent.Passed : GateEvent.NotPassed, answer, scan.ScanId).WaitAsync(stop);
        return passes;
    }

    private void Move(AskedScan scan)
    {
        if (scan.Direction == Direction.Out)
        {
            _inside.TryRemove(scan.Visitor, out _);
        }
        else if (scan.Visitor >= 0)
        {
            _inside[scan.Visitor] = scan.Place;
        }
    }

    private Credential CredentialOf(Showing showing)
    {
        if (showing.Visitor < 0)
        {
            var unknown = new Random(Mix(showing.Number)).Next();
            return new Credential("rfid", "FF" + unknown.ToString("X8", CultureInfo.InvariantCulture));
        }

        var credentials = club.Members[showing.Visitor].Credentials;
        return showing.Direction == Direction.In ? credentials[0] : credentials[^1];
    }

    private int Mix(long number) => unchecked((club.File.Seed * 486_187_739) + (int)number);

    private void Count(Action<Statistics> count)
    {
        foreach (var statistics in Statistics)
        {
            count(statistics);
        }
    }
}
