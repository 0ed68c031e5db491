using System.Globalization;
using SmartClub.Devices.People;

namespace SmartClub.Devices.Running;

/// <summary>Runs showings at their time: the simulated clock is the real one, times the speed.</summary>
public sealed class Simulation(ScanDesk desk, GateFleet gates, Output output, TimeProvider clock)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMinutes(1);

    /// <summary>A club that hurries does not wait longer than this for the next badge: nights would be dull.</summary>
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(20);

    private readonly Statistics _whole = new();
    private Statistics _minute = new();

    public Statistics Whole => _whole;

    /// <param name="unanswered">Scans of an earlier run that still need their answer; they come first.</param>
    /// <param name="showings">In order of time; may be without end.</param>
    /// <param name="begin">The simulated time now; earlier showings are due at once.</param>
    /// <param name="speed">Simulated seconds per real second; 0 shows each as soon as there is a lane.</param>
    /// <param name="stop">Ends the run where it is.</param>
    public async Task Run(
        IEnumerable<AskedScan> unanswered, IEnumerable<Showing> showings, DateTime begin, double speed,
        CancellationToken stop)
    {
        desk.Statistics = [_whole, _minute];
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var background = Task.WhenAll(gates.Run(ending.Token), Report(ending.Token));
        var show = Show(unanswered, showings, begin, speed, ending.Token);
        // The background only ends by itself when something is broken; then showing on would hide it.
        await Task.WhenAny(show, background);
        var broken = background.IsFaulted ? background : show;
        await ending.CancelAsync();
        await Task.WhenAll(show, background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await broken;
    }

    /// <summary>How much of a wait for the next badge is left out; nothing at the real rhythm.</summary>
    public static TimeSpan LeftOut(TimeSpan quiet, double speed) =>
        speed > 1 && quiet > QuietMax ? quiet - QuietMax : TimeSpan.Zero;

    public string Summary() =>
        _whole.Line(desk.InsideCount) + $", retries {gates.Retries.Values.Sum()}{Statistics.ByCount(gates.Retries)}";

    private async Task Show(
        IEnumerable<AskedScan> unanswered, IEnumerable<Showing> showings, DateTime begin, double speed,
        CancellationToken stop)
    {
        foreach (var scan in unanswered)
        {
            await desk.AskAgain(scan, stop);
        }

        var startedAt = clock.GetTimestamp();
        var skipped = TimeSpan.Zero;
        using var lanes = new Lanes(desk.Handle, stop);
        foreach (var showing in showings)
        {
            if (speed > 0)
            {
                var due = ((showing.At - begin) / speed) - skipped;
                var leftOut = LeftOut(due - clock.GetElapsedTime(startedAt), speed);
                if (leftOut > TimeSpan.Zero)
                {
                    output.Line(string.Create(
                        CultureInfo.InvariantCulture,
                        $"nobody comes until {showing.At:dddd HH:mm}, so the club's clock goes there"));
                    skipped += leftOut;
                    due -= leftOut;
                }

                for (var wait = due - clock.GetElapsedTime(startedAt); wait > TimeSpan.Zero;
                    wait = due - clock.GetElapsedTime(startedAt))
                {
                    // In slices, because a quiet weekend is longer than one timer can wait.
                    await Task.Delay(wait < ReportEvery ? wait : ReportEvery, clock, stop);
                }
            }

            await lanes.Put(showing);
        }

        await lanes.Finish();
    }

    private async Task Report(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(ReportEvery, clock, stop);
            var retries = gates.Retries;
            var past = _minute;
            _minute = new Statistics();
            desk.Statistics = [_whole, _minute];
            output.Line(
                $"{clock.GetLocalNow():HH:mm} {past.Line(desk.InsideCount)}, events waiting {gates.QueueLength}, "
                + $"heartbeats missed so far {gates.MissedBeats}, "
                + $"retries so far {retries.Values.Sum()}{Statistics.ByCount(retries)}");
        }
    }
}
