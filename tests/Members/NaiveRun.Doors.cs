using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Members;

/// <summary>The part of the run that happens at doors.</summary>
public sealed partial class NaiveRun
{
    private static string KeyOf(GateId gate, string scanId, CredentialId badge, Direction way) =>
        $"{gate}|{scanId}|{badge}|{way}";

    private void Ask(MemberId id, Direction way)
    {
        var member = members[id];
        var gate = Pick([.. gates]);
        var badge = Pick([.. member.Badges]);
        var scanId = $"scan {scans++}";
        scanned.Add(new Scanned(id, badge, gate.Id, scanId, way));
        var zone = town.Zone(gate.ZoneId)!;
        var relation = member.Relation(zone, Club.Now);
        var (reason, sold) = member.Deciding(zone, Club.Now);
        var holds = false;
        var ticket = $"asked {scans}";
        if (way == Direction.Out)
        {
            (reason, sold) = (AccessReason.Ok, null);
        }
        else if (member.Revoked.Contains(badge) || member.IsSuspended)
        {
            (reason, sold) = (member.Revoked.Contains(badge) ? AccessReason.Revoked : AccessReason.Suspended, null);
        }
        else if (reason == AccessReason.Ok && relation == "forbidden")
        {
            reason = AccessReason.AntiPassback;
        }
        else if (reason == AccessReason.Ok && zone.Capacity is not null && !NaiveMember.IsSame(relation))
        {
            holds = places[zone.Id].TryHold(id, ticket, Club.Now);
            reason = holds ? AccessReason.Ok : AccessReason.CapacityFull;
        }

        var answer = (AccessAnswer)Send(new RequestAccess(id, badge, gate.Id, scanId, way)).Outcome!;
        Assert.Equal((reason == AccessReason.Ok, reason), (answer.Granted, answer.Reason));
        Assert.Equal(sold?.Plan.Name, answer.PlanName);
        var key = KeyOf(gate.Id, scanId, badge, way);
        member.Remember(new NaiveMember.Scan { Key = key, Granted = answer.Granted, At = Club.Now });
        if (!answer.Granted)
        {
            return;
        }

        Supersede(id, zone, holds);
        Granted(id, gate, way, answer, sold, relation, holds ? ticket : null, key);
    }

    private void Supersede(MemberId id, ZoneFacts zone, bool holds)
    {
        var member = members[id];
        if (!holds && member.OpenGrant(zone.Id, Club.Now) is { HoldsPlace: true } open)
        {
            places[zone.Id].Release(id, open.Ticket);
        }

        foreach (var grant in member.Grants.Where(g => g.Gate.ZoneId == zone.Id))
        {
            grant.Over = true;
        }
    }

    private void Granted(
        MemberId id, GateFacts gate, Direction way, AccessAnswer answer, NaiveMember.Sold? sold, string relation,
        string? held, string key)
    {
        var member = members[id];
        var zone = town.Zone(gate.ZoneId)!;
        var inside = member.Places.TryGetValue(zone.Id, out var place) && place.Inside;
        Assert.Equal(
            way == Direction.In ? NaiveMember.Flags(relation) : inside ? AccessFlags.None : AccessFlags.NotInside,
            answer.Flags);
        if (gate.ConfirmsPassage)
        {
            var kept = member.Grants.Where(g => !g.Gone).ToList();
            if (kept.Count == Limits.TicketsKept)
            {
                kept[0].Gone = true;
            }

            // The hold is known by the number of the ticket; the model calls it by the text at the door.
            if (held is not null)
            {
                places[zone.Id].Rename(id, held, answer.TicketId!);
            }

            member.Grants.Add(new NaiveMember.Grant
            {
                Ticket = answer.TicketId!,
                Gate = gate,
                Direction = way,
                At = Club.Now,
                Sold = sold,
                ScanKey = key,
                NeedsVisit = way == Direction.In && !NaiveMember.IsSame(relation),
                HoldsPlace = held is not null,
            });
        }
        else if (way == Direction.In)
        {
            CameIn(id, zone, member.ComeIn(zone, Club.Now, sold, key), Club.Now, held ?? "");
        }
        else if (member.GoOut(zone, Club.Now, key))
        {
            places[zone.Id].Leave(id);
        }
    }

    private void CameIn(MemberId id, ZoneFacts zone, string how, DateTimeOffset at, string ticket)
    {
        if (how == "visit")
        {
            places[zone.Id].Capture(id, ticket, at);
        }
        else
        {
            places[zone.Id].Release(id, ticket);
        }
    }

    /// <summary>A confirming gate reports a passage or none, sometimes twice, sometimes of long ago.</summary>
    private void Report(MemberId id)
    {
        var grants = members[id].Grants;
        if (grants.Count == 0)
        {
            return;
        }

        var grant = random.Next(3) > 0 ? grants[^1] : Pick([.. grants]);
        var passed = random.Next(4) > 0;
        var at = Club.Now.AddSeconds(-Pick(0, 0, 5, 90));
        Tell(grant.Gate, n => new GateEvent(
            n, passed ? GateEventType.AccessPassed : GateEventType.AccessNotPassed, at, grant.Ticket));
        if (grant.Gone || (!passed && grant.Over))
        {
            return;
        }

        var zone = town.Zone(grant.Gate.ZoneId)!;
        if (!passed)
        {
            grant.Over = true;
            places[zone.Id].Release(id, grant.HoldsPlace ? grant.Ticket : "");
            return;
        }

        grant.Gone = true;
        Passed(id, grant, zone, at < grant.At ? grant.At : at, grant.HoldsPlace);
    }

    private void Passed(MemberId id, NaiveMember.Grant grant, ZoneFacts zone, DateTimeOffset at, bool held)
    {
        var member = members[id];
        if (grant.Direction == Direction.In)
        {
            CameIn(id, zone, member.ComeIn(zone, at, grant.Sold, grant.ScanKey), at, held ? grant.Ticket : "");
        }
        else if (member.GoOut(zone, at, grant.ScanKey))
        {
            places[zone.Id].Leave(id);
        }
    }

    private void Tell(GateFacts gate, Func<long, GateEvent> make)
    {
        var known = reports[gate.Id];
        known.Add(make(known.Count + 1));

        // Every report repeats some of what was told before; identity is the counter alone.
        var repeated = known.TakeLast(random.Next(1, 4)).ToArray();
        random.Shuffle(repeated);
        var answer = Send(new ReportGateEvents(gate.Id, 1, repeated));
        Assert.Equal(new GateEventsAcked(known.Count), answer.Outcome);
    }

    /// <summary>A door decided alone, about a scan that was decided online too, or only by itself.</summary>
    private void Alone()
    {
        var alone = Pick([.. members.Keys]);
        var (id, badge, gateId, scanId, way) = scanned.Count > 0 && random.Next(2) == 0
            ? Pick([.. scanned.TakeLast(12)])
            : new Scanned(
                alone, Pick([.. members[alone].Badges]), Pick([.. gates]).Id, $"alone {scans++}",
                Pick(Direction.In, Direction.Out));
        var member = members[id];
        var granted = random.Next(3) > 0;
        var at = Club.Now.AddSeconds(-Pick(0, 3, 600));
        var gate = town.Gate(gateId)!;
        Tell(gate, n => new GateEvent(
            n, GateEventType.OfflineAccess, at, null, scanId, way, granted, id, badge));
        var key = KeyOf(gateId, scanId, badge, way);
        var scan = member.Scans.Find(s => s.Key == key);
        if (scan is { Alone: true })
        {
            return;
        }

        var zone = town.Zone(gate.ZoneId)!;
        var wasMoved = scan is { Moved: true };
        scan ??= new NaiveMember.Scan { Key = key, At = at };
        (scan.Granted, scan.Alone) = (granted, true);
        scan.Moved = wasMoved && granted;
        member.Remember(scan);
        var grant = member.Grants.Find(g => g.ScanKey == key && !g.Gone);
        if (granted && !wasMoved)
        {
            DidAlone(id, zone, way, at, key, grant);
        }
        else if (!granted)
        {
            DidNot(id, zone, way, scan, wasMoved, grant);
        }
    }

    private void DidAlone(
        MemberId id, ZoneFacts zone, Direction way, DateTimeOffset at, string key, NaiveMember.Grant? grant)
    {
        var member = members[id];
        if (grant is not null)
        {
            grant.Gone = true;
            Passed(id, grant, zone, at, grant.HoldsPlace);
        }
        else if (way == Direction.Out)
        {
            if (member.GoOut(zone, at, key))
            {
                places[zone.Id].Leave(id);
            }
        }
        else
        {
            var (reason, sold) = member.Deciding(zone, at);
            CameIn(
                id, zone, member.ComeIn(zone, at, reason > AccessReason.Expired ? sold : null, key), at, "");
        }
    }

    private void DidNot(
        MemberId id, ZoneFacts zone, Direction way, NaiveMember.Scan scan, bool wasMoved, NaiveMember.Grant? grant)
    {
        if (grant is not null)
        {
            places[zone.Id].Release(id, grant is { Over: false, HoldsPlace: true } ? grant.Ticket : "");
            grant.Over = true;
            return;
        }

        if (!wasMoved || (way == Direction.In && !scan.Counted))
        {
            return;
        }

        var place = members[id].Places[zone.Id];
        if (way == Direction.In)
        {
            if (scan.Payer is { } payer)
            {
                payer.Visits--;
            }

            if (place.Inside && place.Since == scan.At)
            {
                (place.Inside, place.Since) = (scan.Before is not null, scan.Before ?? place.Since);
                if (!place.Inside)
                {
                    places[zone.Id].Leave(id);
                }
            }
        }
        else if (!place.Inside && place.Moved == scan.At)
        {
            (place.Inside, place.Since) = (true, scan.Before!.Value);
            places[zone.Id].Capture(id, "", place.Since);
        }
    }
}
