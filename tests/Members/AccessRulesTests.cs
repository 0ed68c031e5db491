using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;
using static SmartClub.Grains.Members.Commands.AccessReason;

namespace SmartClub.Tests.Members;

/// <summary>The reasons of the contract, in its order: each alone, each before every later one, then none.</summary>
public sealed class AccessRulesTests
{
    private static readonly (AccessReason Reason, Action<Wrongs> Make)[] Table =
    [
        (DeviceDisabled, w => w.IsGateDisabled = true),
        (UnknownCredential, w => w.Badge = Town.Id<CredentialTag>("nobody's")),
        (PassInvalid, w => w.Pass = PassVerdict.Invalid),
        (PassExpired, w => w.Pass = PassVerdict.Expired),
        (PassUsed, w => w.Pass = PassVerdict.Used),
        (Revoked, w => w.IsRevoked = true),
        (Suspended, w => w.IsSuspended = true),
        (NotStarted, w => w.StartsInDays = 1),
        (Expired, w => w.LastsDays = -1),
        (PaymentOverdue, w => w.IsPaid = false),
        (Frozen, w => w.IsFrozen = true),
        (WrongZone, w => w.OpensElsewhere = true),
        (OutsideHours, w => w.IsOutsideHours = true),
        (QuotaExhausted, w => w.IsSpent = true),
        (AccessReason.AntiPassback, w => w.IsInside = true),
        (CapacityFull, w => w.IsFull = true),
    ];

    // One scan has one credential and one verdict on its pass; a zone that is not opened has no hours.
    private static readonly (AccessReason, AccessReason)[] Impossible =
    [
        (UnknownCredential, Revoked), (PassInvalid, PassExpired), (PassInvalid, PassUsed), (PassExpired, PassUsed),
        (WrongZone, OutsideHours),
    ];

    public static TheoryData<AccessReason> Singles => [.. Table.Select(row => row.Reason)];

    public static TheoryData<AccessReason, AccessReason> Pairs
    {
        get
        {
            var pairs = new TheoryData<AccessReason, AccessReason>();
            foreach (var (first, _) in Table)
            {
                foreach (var (second, _) in Table)
                {
                    if (first < second && !Impossible.Contains((first, second)))
                    {
                        pairs.Add(first, second);
                    }
                }
            }

            return pairs;
        }
    }

    [Fact]
    public void Table_HasEveryReason_InOrder() =>
        Assert.Equal(Enum.GetValues<AccessReason>().Except([Ok]), Table.Select(row => row.Reason));

    [Theory]
    [MemberData(nameof(Singles))]
    public void ComingIn_IsDenied_ForOneReason(AccessReason reason) => Assert.Equal(reason, Ask(reason).Reason);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void ComingIn_IsDenied_ForTheEarlierReason(AccessReason first, AccessReason second) =>
        Assert.Equal(first, Ask(first, second).Reason);

    [Fact]
    public void ComingIn_IsGranted_WhenNothingIsWrong()
    {
        var answer = Ask();
        Assert.True(answer.Granted);
        Assert.Equal(Ok, answer.Reason);
        Assert.True(Ticket.TryParse(answer.TicketId, out _));
        Assert.True(answer.OpenMs > 0);
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void GoingOut_IsGranted_WhateverIsWrong(AccessReason reason)
    {
        foreach (var inside in new[] { true, false })
        {
            var wrongs = new Wrongs { IsInside = inside };
            Table.Single(row => row.Reason == reason).Make(wrongs);
            var hall = wrongs.Build();
            var answer = hall.Scan(Direction.Out, badge: wrongs.Badge).IsAccepted<AccessAnswer>();
            Assert.True(answer.Granted);
            Assert.Equal(wrongs.IsInside ? AccessFlags.None : AccessFlags.NotInside, answer.Flags);
            Assert.False(hall.IsInside());
        }
    }

    private static AccessAnswer Ask(params AccessReason[] reasons)
    {
        var wrongs = new Wrongs();
        foreach (var (reason, make) in Table)
        {
            if (reasons.Contains(reason))
            {
                make(wrongs);
            }
        }

        var hall = wrongs.Build();
        var decision = hall.Scan(badge: wrongs.Badge);
        if (decision.Answer is { } answer)
        {
            return Checked(Assert.IsType<AccessAnswer>(answer.Outcome), decision);
        }

        // The zone has a capacity: the answer waits for it, and everything is asked once more.
        var hold = decision.Sends<HoldPlace>();
        var settled = wrongs.IsFull
            ? hall.Grain.WhenRefused(hold, ZoneRefusal.CapacityFull)
            : hall.Grain.WhenDone(hold);
        return Checked(Assert.IsType<AccessAnswer>(Assert.Single(settled.Settlements).Answer.Outcome), settled);
    }

    private static AccessAnswer Checked(AccessAnswer answer, Decision decision)
    {
        if (answer.Granted)
        {
            decision.Tells<AccessGranted>();
        }
        else
        {
            Assert.Equal(answer.Reason, decision.Tells<AccessDenied>().Reason);
            Assert.Null(answer.TicketId);
            Assert.Equal(0, answer.OpenMs);
        }

        return answer;
    }

    private sealed class Wrongs
    {
        public bool IsGateDisabled { get; set; }
        public CredentialId Badge { get; set; } = Hall.Badge;
        public PassVerdict Pass { get; set; }
        public bool IsRevoked { get; set; }
        public bool IsSuspended { get; set; }
        public int StartsInDays { get; set; } = -10;
        public int LastsDays { get; set; } = 10;
        public bool IsPaid { get; set; } = true;
        public bool IsFrozen { get; set; }
        public bool OpensElsewhere { get; set; }
        public bool IsOutsideHours { get; set; }
        public bool IsSpent { get; set; }
        public bool IsInside { get; set; }
        public bool IsFull { get; set; }

        public Hall Build()
        {
            var hall = new Hall(capacity: IsFull ? 1 : null);
            var now = hall.Grain.Now;
            hall.Town.Put(hall.Gate with { IsDisabled = IsGateDisabled });
            hall.Grain.Pass = Pass;
            var time = TimeOnly.FromDateTime(hall.Site.Local(now));
            IReadOnlyList<ScheduleWindow>? schedule = !IsOutsideHours
                ? null
                : [new ScheduleWindow(Enum.GetValues<DayOfWeek>(), time.AddMinutes(1), time.AddMinutes(2))];
            hall.With(
                startsOn: hall.Today.AddDays(StartsInDays), lastDay: hall.Today.AddDays(LastsDays), paid: IsPaid,
                visits: 1, entitlements: new Entitlement((OpensElsewhere ? hall.Pool : hall.Zone).Id, schedule));
            if (IsFrozen)
            {
                hall.Grain.Events(new MembershipFrozen(Hall.First, null));
            }

            if (IsRevoked)
            {
                hall.Grain.Events(new CredentialRevoked(Hall.Badge));
            }

            if (IsSuspended)
            {
                hall.Grain.Events(new MemberSuspended(new MemberStanding(MemberStatus.Suspended, null), null));
            }

            if (IsSpent)
            {
                hall.Grain.Events(new Entered(
                    hall.Pool.Id, hall.PoolGate.Id, now, now, 1, 0, Hall.First, true, 1, AccessFlags.None));
            }

            if (IsInside)
            {
                hall.Grain.Events(new Entered(
                    hall.Zone.Id, hall.Gate.Id, now, now, 2, 0, null, false, 0, AccessFlags.None));
            }

            return hall;
        }
    }
}
