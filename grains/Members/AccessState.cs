using System.Text.Json.Serialization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>The part of a member that doors move.</summary>
public sealed partial class MemberState
{
    /// <summary>Number of the last ticket given out.</summary>
    [JsonInclude]
    public long LastTicket { get; private set; }

    /// <summary>How often presence moved. Zones put in order by it what reaches them out of order.</summary>
    [JsonInclude]
    public long Moves { get; private set; }

    /// <summary>Zones that the member has been to.</summary>
    [JsonInclude]
    public Presence[] Presences { get; private set; } = [];

    /// <summary>Tickets without a passage so far, oldest first.</summary>
    [JsonInclude]
    public OpenTicket[] Tickets { get; private set; } = [];

    /// <summary>Accesses that wait for a place.</summary>
    [JsonInclude]
    public AskedAccess[] Asked { get; private set; } = [];

    /// <summary>The last few decided scans, oldest first.</summary>
    [JsonInclude]
    public List<DecidedScan> Scans { get; private set; } = [];

    /// <summary>Where the member stands with a zone, or null where they never were.</summary>
    public Presence? PresenceIn(ZoneId zone)
    {
        foreach (var presence in Presences)
        {
            if (presence.ZoneId == zone)
            {
                return presence;
            }
        }

        return null;
    }

    /// <summary>The ticket with this number, or null where it was used or is long forgotten.</summary>
    public OpenTicket? Ticket(long number) => Array.Find(Tickets, t => t.Number == number);

    /// <summary>The access that waits for the place of this ticket, or null.</summary>
    public AskedAccess? AskedFor(long ticket) => Array.Find(Asked, a => a.Ticket == ticket);

    /// <summary>The ticket that is open for a zone and not over, or null.</summary>
    public OpenTicket? OpenTicketFor(ZoneId zone, DateTimeOffset now)
    {
        foreach (var ticket in Tickets)
        {
            if (ticket.ZoneId == zone && ticket.IsOpenAt(now))
            {
                return ticket;
            }
        }

        return null;
    }

    /// <summary>Visits of a membership that open tickets for other zones hold.</summary>
    public int VisitsHeld(MembershipId membership, ZoneId except, DateTimeOffset now)
    {
        var held = 0;
        foreach (var ticket in Tickets)
        {
            held += ticket.HoldsVisit && ticket.MembershipId == membership
                && ticket.ZoneId != except && ticket.IsOpenAt(now) ? 1 : 0;
        }

        return held;
    }

    /// <summary>What was decided about a scan, or null where it is not known any more.</summary>
    public DecidedScan? Decided(long scan)
    {
        foreach (var decided in Scans)
        {
            if (decided.Scan == scan)
            {
                return decided;
            }
        }

        return null;
    }

    private void ApplyAccess(IEvent happened)
    {
        switch (happened)
        {
            case AccessAsked asked:
                LastTicket = asked.Ticket;
                Asked = [.. Asked, new AskedAccess(
                    asked.Command, asked.CredentialId, asked.GateId, asked.ZoneId,
                    asked.Scan, asked.Ticket, asked.Until)];
                break;
            case PlaceNotNeeded unneeded:
                Answered(unneeded.Ticket);
                break;
            case AccessGranted granted:
                Apply(granted);
                break;
            case AdmittedByHand admitted:
                LastTicket = admitted.Ticket;
                break;
            case AccessDenied denied:
                Answered(denied.Ticket);
                Remember(DecidedScan.Of(denied.Scan, false, denied.At));
                break;
            case Entered entered:
                Apply(entered);
                break;
            case Left left:
                Moves++;
                Used(left.Ticket);
                Put(new Presence(left.ZoneId, false, left.Since, left.At));
                Moved(left.Scan, left.At, null, false, left.Since);
                break;
            case PastVisitCounted past:
                Used(past.Ticket);
                Count(past.MembershipId, past.VisitsUsed);
                Moved(past.Scan, past.At, past.MembershipId, true, null);
                break;
            case PassedWithoutMove passed:
                Used(passed.Ticket);
                SeenOutside(passed.ZoneId, passed.At, passed.Flags);
                break;
            case TicketEnded ended:
                Tickets = Array.ConvertAll(
                    Tickets, t => t.Number == ended.Ticket ? t with { IsOpen = false } : t);
                break;
            case OfflineAccessRecorded offline:
                Apply(offline);
                break;
            case EntryReverted reverted:
                Moves++;
                Count(reverted.MembershipId, reverted.VisitsUsed);
                Restore(reverted.ZoneId, reverted.InsideSince);
                break;
            case ExitReverted reverted:
                Moves++;
                Restore(reverted.ZoneId, reverted.InsideSince);
                break;
        }
    }

    private void Apply(AccessGranted granted)
    {
        LastTicket = Math.Max(LastTicket, granted.Ticket);
        Answered(granted.Ticket);
        if (Tickets.Length > 0)
        {
            Tickets = Array.ConvertAll(Tickets, t => t.ZoneId == granted.ZoneId ? t with { IsOpen = false } : t);
        }

        if (granted.Until is { } until)
        {
            var kept = Tickets.Length < Limits.TicketsKept ? Tickets : Tickets[1..];
            Tickets = [.. kept, new OpenTicket(
                granted.Ticket, granted.GateId, granted.ZoneId, granted.Direction, granted.At, until, true,
                granted.HoldsPlace,
                granted.Direction == Direction.In && !granted.Flags.HasFlag(AccessFlags.SameVisit),
                granted.MembershipId, granted.Scan)];
        }
        else
        {
            SeenOutside(granted.ZoneId, granted.At, granted.Flags);
        }

        Remember(DecidedScan.Of(granted.Scan, true, granted.At));
    }

    private void Apply(Entered entered)
    {
        Moves++;
        Used(entered.Ticket);
        DateTimeOffset? before = PresenceIn(entered.ZoneId) is { IsInside: true } presence ? presence.EnteredAt : null;
        Put(new Presence(entered.ZoneId, true, entered.Since, entered.At));
        if (entered.IsVisit)
        {
            Count(entered.MembershipId, entered.VisitsUsed);
        }

        Moved(entered.Scan, entered.At, entered.MembershipId, entered.IsVisit, before);
    }

    private void Apply(OfflineAccessRecorded offline)
    {
        var known = Decided(offline.Scan);
        Remember((known ?? DecidedScan.Of(offline.Scan, offline.IsGranted, offline.At)) with
        {
            IsGranted = offline.IsGranted,
            IsOffline = true,
            HasMoved = known is { HasMoved: true } && offline.IsGranted,
        });
        SeenOutside(offline.ZoneId, offline.At, offline.Flags);
    }

    /// <summary>
    /// Somebody went out who was not known to be inside: they came in before, and that may still be reported. When
    /// it is, they must not count as inside.
    /// </summary>
    private void SeenOutside(ZoneId zone, DateTimeOffset at, AccessFlags flags)
    {
        if (flags.HasFlag(AccessFlags.NotInside)
            && PresenceIn(zone) is not { IsInside: true } and var before
            && (before is null || before.Value.MovedAt < at))
        {
            Put(new Presence(zone, false, before?.EnteredAt ?? at, at));
        }
    }

    private void Answered(long? ticket)
    {
        if (Asked.Length > 0)
        {
            Asked = Array.FindAll(Asked, a => a.Ticket != ticket);
        }
    }

    private void Used(long ticket)
    {
        if (Tickets.Length > 0)
        {
            Tickets = Array.FindAll(Tickets, t => t.Number != ticket);
        }
    }

    private void Count(MembershipId? id, int visitsUsed)
    {
        if (Membership(id) is { } membership)
        {
            membership.VisitsUsed = visitsUsed;
        }
    }

    private void Put(Presence presence)
    {
        for (var i = 0; i < Presences.Length; i++)
        {
            if (Presences[i].ZoneId == presence.ZoneId)
            {
                Presences[i] = presence;
                return;
            }
        }

        Presences = [.. Presences, presence];
    }

    private void Restore(ZoneId zone, DateTimeOffset? insideSince)
    {
        if (PresenceIn(zone) is { } presence)
        {
            Put(presence with { IsInside = insideSince is not null, EnteredAt = insideSince ?? presence.EnteredAt });
        }
    }

    private void Remember(DecidedScan scan)
    {
        for (var i = 0; i < Scans.Count; i++)
        {
            if (Scans[i].Scan == scan.Scan)
            {
                Scans[i] = scan;
                return;
            }
        }

        if (Scans.Count == Limits.ScansKept)
        {
            Scans.RemoveAt(0);
        }

        Scans.Add(scan);
    }

    private void Moved(long scan, DateTimeOffset at, MembershipId? visitOn, bool isVisit, DateTimeOffset? insideBefore)
    {
        if (Decided(scan) is { } decided)
        {
            Remember(decided with
            {
                HasMoved = true,
                At = at.UtcDateTime,
                Payer = (short)Array.IndexOf(Memberships, Membership(visitOn)),
                IsVisit = isVisit,
                InsideBefore = insideBefore?.UtcDateTime,
            });
        }
    }
}
