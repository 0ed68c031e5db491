using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Members;

/// <summary>
/// What the contract says about one person, written down as plainly as possible and without a look at the rules:
/// lists of what happened, searched anew for every question. Slow on purpose.
/// </summary>
public sealed class NaiveMember(SiteFacts site)
{
    public List<Sold> Memberships { get; } = [];
    public List<Grant> Grants { get; } = [];
    public List<Scan> Scans { get; } = [];
    public Dictionary<ZoneId, Place> Places { get; } = [];
    public HashSet<CredentialId> Revoked { get; } = [];
    public List<CredentialId> Badges { get; } = [];
    public bool IsSuspended { get; set; }

    public sealed class Sold
    {
        public required MembershipId Id { get; init; }
        public required PlanFacts Plan { get; init; }
        public required DateOnly First { get; init; }
        public required DateOnly Last { get; init; }
        public bool Paid { get; set; }
        public bool Frozen { get; set; }
        public int Visits { get; set; }
    }

    public sealed class Grant
    {
        public required string Ticket { get; init; }
        public required GateFacts Gate { get; init; }
        public required Direction Direction { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string ScanKey { get; init; }
        public Sold? Sold { get; init; }
        public bool NeedsVisit { get; init; }
        public bool HoldsPlace { get; init; }
        public bool Over { get; set; }
        public bool Gone { get; set; }

        public bool OpenAt(DateTimeOffset now) => !Over && !Gone && now < At.AddSeconds(60);
    }

    public sealed class Scan
    {
        public required string Key { get; init; }
        public bool Granted { get; set; }
        public bool Alone { get; set; }
        public bool Moved { get; set; }
        public DateTimeOffset At { get; set; }
        public Sold? Payer { get; set; }
        public bool Counted { get; set; }
        public DateTimeOffset? Before { get; set; }
    }

    public sealed class Place
    {
        public bool Inside { get; set; }
        public DateTimeOffset Since { get; set; }
        public DateTimeOffset Moved { get; set; }
    }

    public string Relation(ZoneFacts zone, DateTimeOffset at)
    {
        if (!Places.TryGetValue(zone.Id, out var place) || !place.Inside)
        {
            return "new";
        }

        var seconds = (at - place.Since).TotalSeconds;
        if (zone.AntiPassback == AntiPassback.Off)
        {
            return seconds <= 60 ? "same" : "inferred";
        }

        if (zone.ForgivenessMinutes != 0 && seconds >= zone.ForgivenessMinutes * 60)
        {
            return "inferred";
        }

        return zone.AntiPassback == AntiPassback.Soft ? "again" : "forbidden";
    }

    public static bool IsSame(string relation) => relation is "same" or "again";

    public static AccessFlags Flags(string relation) => relation switch
    {
        "same" => AccessFlags.SameVisit,
        "again" => AccessFlags.SameVisit | AccessFlags.Again,
        "inferred" => AccessFlags.InferredExit,
        "forbidden" => AccessFlags.Again,
        _ => AccessFlags.None,
    };

    public AccessReason ReasonOf(Sold sold, ZoneFacts zone, DateTimeOffset at)
    {
        var local = site.Local(at);
        var today = DateOnly.FromDateTime(local);
        var entitlement = sold.Plan.Entitlements.FirstOrDefault(e => e.ZoneId == zone.Id);
        var held = Grants
            .Where(g => g.Gate.ZoneId != zone.Id && g.Direction == Direction.In && g.Sold == sold && g.NeedsVisit)
            .Count(g => g.OpenAt(at));
        if (today < sold.First)
        {
            return AccessReason.NotStarted;
        }

        if (today > sold.Last)
        {
            return AccessReason.Expired;
        }

        return !sold.Paid ? AccessReason.PaymentOverdue
            : sold.Frozen ? AccessReason.Frozen
            : entitlement is null ? AccessReason.WrongZone
            : entitlement.Schedule is { } hours && !hours.Any(h => h.Covers(local)) ? AccessReason.OutsideHours
            : !IsSame(Relation(zone, at)) && sold.Plan.VisitsPerPeriod is { } n && sold.Visits + held >= n
                ? AccessReason.QuotaExhausted
            : AccessReason.Ok;
    }

    /// <summary>The membership that decides and its reason.</summary>
    public (AccessReason Reason, Sold? Sold) Deciding(ZoneFacts zone, DateTimeOffset at)
    {
        var all = Memberships.Select(m => (Reason: ReasonOf(m, zone, at), Sold: m)).ToList();
        if (all.Count == 0)
        {
            return (AccessReason.Expired, null);
        }

        var latest = all.Max(m => m.Reason);
        var best = all.Where(m => m.Reason == latest).Select(m => m.Sold);
        return (latest, latest switch
        {
            AccessReason.Ok => best.OrderBy(m => m.Plan.VisitsPerPeriod is null ? 0 : 1).ThenBy(m => m.Last).First(),
            AccessReason.Expired => best.OrderByDescending(m => m.Last).First(),
            AccessReason.NotStarted => best.OrderBy(m => m.First).First(),
            _ => best.OrderBy(m => m.Last).First(),
        });
    }

    public Grant? OpenGrant(ZoneId zone, DateTimeOffset now) =>
        Grants.LastOrDefault(g => g.Gate.ZoneId == zone && g.OpenAt(now));

    public void Remember(Scan scan)
    {
        var known = Scans.FindIndex(s => s.Key == scan.Key);
        if (known >= 0)
        {
            Scans[known] = scan;
            return;
        }

        Scans.Add(scan);
        if (Scans.Count > Limits.ScansKept)
        {
            Scans.RemoveAt(0);
        }
    }

    /// <summary>Comes in at a moment. Says what that was: a visit, the same visit, or only a count.</summary>
    public string ComeIn(ZoneFacts zone, DateTimeOffset at, Sold? payer, string scanKey)
    {
        var relation = Relation(zone, at);
        Places.TryGetValue(zone.Id, out var place);
        var counts = !IsSame(relation);
        var isLate = place is not null && at < place.Moved;
        if (counts && payer is not null)
        {
            payer.Visits++;
        }

        if (counts || !isLate)
        {
            Note(scanKey, at, payer, counts, !isLate && place is { Inside: true } ? place.Since : null);
        }

        if (isLate)
        {
            return counts ? "past" : "none";
        }

        Places[zone.Id] = new Place
        {
            Inside = true,
            Since = counts ? at : place!.Since,
            Moved = at,
        };
        return counts ? "visit" : "same";
    }

    /// <summary>Goes out at a moment, if inside.</summary>
    public bool GoOut(ZoneFacts zone, DateTimeOffset at, string scanKey)
    {
        var place = Places.GetValueOrDefault(zone.Id);
        if (place is not { Inside: true })
        {
            // An entry before this moment can only be a late report: it counts, but they are out.
            if (place is null || place.Moved < at)
            {
                Places[zone.Id] = new Place { Since = place?.Since ?? at, Moved = at };
            }

            return false;
        }

        if (at < place.Moved)
        {
            return false;
        }

        Note(scanKey, at, null, false, place.Since);
        Places[zone.Id] = new Place { Inside = false, Since = place.Since, Moved = at };
        return true;
    }

    private void Note(string scanKey, DateTimeOffset at, Sold? payer, bool counts, DateTimeOffset? before)
    {
        if (Scans.Find(s => s.Key == scanKey) is { } scan)
        {
            (scan.Moved, scan.At, scan.Payer, scan.Counted, scan.Before) = (true, at, payer, counts, before);
        }
    }
}
