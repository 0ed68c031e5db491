using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Browser;

/// <summary>People of the club at its doors.</summary>
internal sealed class Doors(StoryClub club, ShiftedTime clock)
{
    private static readonly Reader[] OfPlace =
        [Reader.MainEntrance, Reader.SecondTurnstile, Reader.StudioDoor, Reader.PoolDoor];

    private readonly List<MemberPlan> outside = [];
    private readonly List<(MemberPlan Who, Place Place)> inside = [];
    private int scans;

    /// <summary>Who may come in at any hour and has not come yet.</summary>
    public void Gather()
    {
        var welcome = club.People.Where(m => m is { Standing: Standing.Active, Plan: not PlanName.OffPeak });
        outside.AddRange(welcome);
    }

    public MemberPlan Someone(Standing standing) => club.People.First(m => m.Standing == standing);

    /// <summary>So many who may use every door.</summary>
    public IReadOnlyList<MemberPlan> Crowd(int count) =>
        [.. club.People.Where(m => m is { Standing: Standing.Active, Plan: PlanName.Premium }).Take(count)];

    public async Task<AccessAnswer> Show(string badge, string kind, Reader reader, Direction direction)
    {
        var gate = club.Gates[reader];
        var scanId = $"story {Interlocked.Increment(ref scans)}";
        var answer = await gate.Show(
            new AccessRequest(scanId, new Credential(kind, badge), direction, clock.GetUtcNow()), default)
            .Happens("the door is answered");
        if (answer.Decision == GateDecision.Grant && gate.Identity.ConfirmsPassage)
        {
            await gate.Report(GateEvent.Passed, answer, scanId).Happens("the passage is reported");
        }

        return answer;
    }

    public Task<AccessAnswer> Show(MemberPlan who, Reader reader, Direction direction = Direction.In) =>
        Show(who.Credentials[0].Value, who.Credentials[0].Kind, reader, direction);

    /// <summary>A door notices something by itself.</summary>
    public Task Alarm(Reader reader, string type) => club.Gates[reader].Notice(type).Happens("the door tells");

    /// <summary>The next one comes in where they like it best; at a given door, one who may use them all.</summary>
    public async Task<(MemberPlan Who, AccessAnswer Answer)> Enter(Reader? door = null)
    {
        var who = outside.First(m => door is null || m.Plan == PlanName.Premium);
        outside.Remove(who);
        var reader = door ?? OfPlace[(int)who.Habits.Places[0]];
        var answer = await Show(who, reader);
        Assert.Equal((GateDecision.Grant, "ok"), (answer.Decision, answer.Reason));
        inside.Add((who, (Place)Array.IndexOf(OfPlace, reader)));
        return (who, answer);
    }

    /// <summary>Who came first into this place goes.</summary>
    public async Task<(MemberPlan Who, AccessAnswer Answer)> Leave(Place place, Reader reader)
    {
        var first = inside.First(i => i.Place == place);
        inside.Remove(first);
        return (first.Who, await Show(first.Who, reader, Direction.Out));
    }

    /// <summary>An hour or two of a club day: people come, some go, a few are refused.</summary>
    public async Task Pass(int entries, DateTimeOffset until)
    {
        var step = (until - clock.GetUtcNow()) / entries;
        for (var i = 0; i < entries; i++)
        {
            clock.MoveTo(clock.GetUtcNow() + step);
            await Enter(i % 9 == 8 ? Reader.SecondTurnstile : null);
            if (i > entries / 2 && i % 4 == 0)
            {
                await Leave(Place.Weights, Reader.CarParkExit);
            }

            if (i == entries / 3)
            {
                await Show(Someone(Standing.NotStarted), Reader.MainEntrance);
            }
        }
    }
}
