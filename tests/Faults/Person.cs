using SmartClub.Devices.Protocol;
using SmartClub.Devices.Staff;

namespace SmartClub.Tests.Faults;

/// <summary>
/// A member under load, who does one thing after the other and remembers what every answer has made true: a silo
/// that forgets or doubles something, or answers from an old memory, contradicts them.
/// </summary>
internal sealed class Person(Load load, string name, string id, string membership, bool paid)
{
    private readonly HashSet<string> inside = [];
    private readonly Dictionary<string, string> badges = [];
    private Credential badge = new("rfid", "");
    private bool isPaid = paid;
    private bool isSuspended;
    private bool isFrozen;
    private int visits;
    private int number;

    private sealed record Standing(
        string Status, IReadOnlyList<MembershipLine> Memberships, IReadOnlyList<BadgeLine> Credentials,
        IReadOnlyList<InsideLine> Inside);

    private sealed record MembershipLine(string Id, bool Paid, bool Frozen, int VisitsUsed);

    private sealed record BadgeLine(string Id, bool Revoked);

    private sealed record InsideLine(string ZoneId);

    public string Name { get; } = name;

    public string Id { get; } = id;

    /// <summary>One thing more.</summary>
    public Task Act(Random random) => random.Next(40) switch
    {
        0 or 1 => Suspend(),
        2 or 3 => Freeze(),
        4 => NewBadge(),
        5 => TakeOthersBadge(),
        6 or 7 or 8 => Look(),
        _ => Walk(random),
    };

    /// <summary>Gets a badge; the one before opens no door any more.</summary>
    public async Task NewBadge()
    {
        var value = $"{Name} badge {number++}";
        var made = await Command<CredentialRequest, Created>("credentials", new CredentialRequest("rfid", value));
        foreach (var old in badges.Values)
        {
            await Command<object, Created>($"credentials/{old}/revoke", new { });
        }

        badges.Clear();
        badges[value] = made.Id;
        badge = new Credential("rfid", value);
    }

    public async Task Pay()
    {
        await Command<object, Created>($"memberships/{membership}/pay", new { });
        isPaid = true;
    }

    /// <summary>Reads how they stand: all that was ever answered must show.</summary>
    public async Task Look() => Differs(await Read());

    private async Task Suspend()
    {
        isSuspended = !isSuspended;
        var told = await Command<SuspendRequest, Suspended>(
            isSuspended ? "suspend" : "resume", new SuspendRequest("because"));
        Require(told.Status == (isSuspended ? "suspended" : "active"), $"was told to be {told.Status}");
    }

    private async Task Freeze()
    {
        await Command<object, Created>($"memberships/{membership}/{(isFrozen ? "unfreeze" : "freeze")}", new { });
        isFrozen = !isFrozen;
    }

    // A badge is one person's for ever, also one that was revoked.
    private async Task TakeOthersBadge()
    {
        var other = load.Everybody.OrderBy(p => p.Name, StringComparer.Ordinal).First(p => p != this).badge;
        try
        {
            await Command<CredentialRequest, Created>("credentials", new CredentialRequest(other.Kind, other.Value));
            Require(false, $"was given the badge {other.Value} of somebody else");
        }
        catch (StaffRefusedException refused)
        {
            Require(refused.Code == "credential_in_use", $"was refused a badge with {refused.Code}");
        }
    }

    private async Task Walk(Random random)
    {
        var (gate, zone) = load.Gates[random.Next(load.Gates.Count)];
        var isInside = inside.Contains(zone.Id);
        var direction = isInside && random.Next(4) > 0 ? Direction.Out : Direction.In;
        var scan = new AccessRequest($"{Name} scan {number++}", badge, direction, gate.Now);
        var answer = await gate.Show(scan, CancellationToken.None);
        load.Progress.One();
        var expected = direction == Direction.Out ? "ok"
            : isSuspended ? "suspended"
            : !isPaid ? "payment_overdue"
            : isFrozen ? "frozen"
            : isInside ? "anti_passback"
            : "ok";
        Require(
            answer.Reason == expected
            || (expected == "ok" && answer.Reason == "capacity_full" && zone.Places is not null),
            $"should be told {expected} at {scan}, not {answer.Reason}");
        if (answer.Decision == GateDecision.Grant
            && (!gate.Identity.ConfirmsPassage || await Pass(gate, scan, answer, random)))
        {
            Move(zone.Id, direction);
        }
    }

    private async Task<bool> Pass(GateClient gate, AccessRequest scan, AccessAnswer answer, Random random)
    {
        var passes = random.Next(6) > 0;
        await gate.Report(passes ? GateEvent.Passed : GateEvent.NotPassed, answer, scan.ScanId);
        var shouldBeInside = scan.Direction == Direction.In ? passes : !passes;

        // The door has promised; the member hears of it a moment later, and must.
        for (var asked = 0; passes && asked < 600; asked++)
        {
            if ((await Read()).Inside.Any(i => i.ZoneId == gate.Identity.ZoneId) == shouldBeInside)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Require(!passes, $"passed {scan}, which never arrived");
        return false;
    }

    private void Move(string zone, Direction direction)
    {
        if (direction == Direction.In)
        {
            inside.Add(zone);
            visits++;
        }
        else
        {
            inside.Remove(zone);
        }
    }

    private Task<Standing> Read() => load.Staff.Get<Standing>($"/api/members/{Id}", CancellationToken.None);

    private void Differs(Standing found)
    {
        var mine = found.Memberships.Single(m => m.Id == membership);
        var status = isSuspended ? "suspended" : "active";
        Require(found.Status == status, $"stands as {found.Status}, not {status}");
        Require(mine.Paid == isPaid && mine.Frozen == isFrozen, $"has {mine}, not paid {isPaid}, frozen {isFrozen}");
        Require(mine.VisitsUsed == visits, $"used {mine.VisitsUsed} visits, not {visits}");
        var zones = found.Inside.Select(i => i.ZoneId).Order().ToList();
        Require(
            zones.SequenceEqual(inside.Order()),
            $"is in [{string.Join(' ', zones)}], not [{string.Join(' ', inside)}]");
        var good = found.Credentials.Where(c => !c.Revoked).Select(c => c.Id).ToList();
        Require(good.SequenceEqual(badges.Values), $"has badges [{string.Join(' ', good)}]");
    }

    private async Task<TAnswer> Command<TRequest, TAnswer>(string what, TRequest request)
    {
        var told = await load.Create<TRequest, TAnswer>(
            $"members/{Id}/{what}", $"{Name} {number++}", request, CancellationToken.None);
        load.Progress.One();
        return told;
    }

    private void Require(bool holds, string fault) => Assert.True(holds, $"{Name} ({Id}) {fault}.");
}
