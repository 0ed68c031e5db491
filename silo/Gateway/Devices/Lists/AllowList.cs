using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Devices.Lists;

/// <summary>
/// Writes the list of a gate: whom it may let in while it is alone. Badges stand in it as keyed hashes that only this
/// gate can make, and the whole is signed with the club's key, so that neither a stolen gate nor the network between
/// can add anybody.
/// </summary>
public sealed class AllowList(
    DoorBook book, GateMirror gates, SiteMirror sites, ClubKeys keys, TimeProvider time)
{
    private const int StepBits = 20;

    /// <summary>
    /// The list as the gate knows it since a version: whole, where that is 0 or cannot be told apart any more.
    /// </summary>
    public byte[] Write(Device device, long since)
    {
        var now = time.GetUtcNow();
        var step = OfflineRights.StepOf(now);
        var changedAt = book.ChangedAt;
        var gate = gates.Find(device.Id)!;
        var site = sites.Find(gate.SiteId)!;
        var known = Known.Of(since);
        var isFull = known.Position == 0 || known.Position > changedAt || known.Step > step
            || step - known.Step > Limits.AllowListLife / OfflineRights.Step || gate.IsDisabled;
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("version", gate.IsDisabled ? 0 : (Math.Max(changedAt, 1) << StepBits) | step);
        json.WriteNumber("since", isFull ? 0 : since);
        json.WriteBoolean("full", isFull);
        json.WriteString("timeZone", site.TimeZone.Id);
        WriteEntries(json, GateListing.ListKey(device.Key), gate, site, isFull ? null : known, step);
        json.WriteString("expiresAt", now + Limits.AllowListLife);
        json.Flush();
        return Sign(device.Id, buffer);
    }

    private void WriteEntries(
        Utf8JsonWriter json, byte[] listKey, GateFacts gate, SiteFacts site, Known? known, long step)
    {
        // A badge that was taken back with its member may be on the list again, as somebody else's.
        var (removed, listed) = (new List<string>(), new HashSet<string>());
        json.WriteStartArray("upsert");
        foreach (var member in gate.IsDisabled ? [] : book.Members)
        {
            var isChanged = known is null || member.ChangedAt > known.Position;
            if (!isChanged && !OfflineRights.IsRenewed(known!.Step, step, member.Turn))
            {
                continue;
            }

            var right = member.IsSuspended
                ? null
                : OfflineRights.Of(member.DoorRights, gate, site, step, member.Turn);
            var gone = known is not null && isChanged ? removed : null;
            WriteMember(json, listKey, gate.ZoneId, member, right, gone, listed);
        }

        json.WriteEndArray();
        json.WriteStartArray("remove");
        removed.Where(hash => !listed.Contains(hash)).ToList().ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }

    private static void WriteMember(
        Utf8JsonWriter json, byte[] listKey, ZoneId zone, ListedMember member, OfflineRight? right,
        List<string>? removed, HashSet<string> listed)
    {
        foreach (var badge in member.Badges)
        {
            if (badge is { Kind: { } kind, Value: { } value })
            {
                Write(GateListing.Hash(listKey, kind, value), badge.IsRevoked, null);
            }
        }

        foreach (var key in member.PassKeys)
        {
            Write(GateListing.Hash(listKey, GateListing.PassKind, key.Id.ToString()), key.IsRevoked, key);
        }

        void Write(string hash, bool isRevoked, ListedPassKey? key)
        {
            if (right is { } lent && !isRevoked)
            {
                WriteEntry(json, hash, zone, lent, key);
                listed.Add(hash);
            }
            else
            {
                removed?.Add(hash);
            }
        }
    }

    private static void WriteEntry(
        Utf8JsonWriter json, string hash, ZoneId zone, OfflineRight right, ListedPassKey? key)
    {
        json.WriteStartObject();
        json.WriteString("h", hash);
        json.WriteStartArray("zones");
        json.WriteStringValue(zone.ToString());
        json.WriteEndArray();
        json.WriteString("notBefore", right.NotBefore.UtcDateTime);
        json.WriteString("notAfter", right.NotAfter.UtcDateTime);
        if (right.Schedule is not null)
        {
            json.WritePropertyName("schedule");
            JsonSerializer.Serialize(json, Schedules.Write(right.Schedule), ApiJson.Options);
        }

        if (key is not null)
        {
            json.WriteStartArray("passKeys");
            json.WriteStartObject();
            json.WriteString("k", key.Id.ToString());
            json.WriteString("key", key.PublicKey);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // Signed are the bytes as they are sent, up to the signature: a gate need not know how JSON is written.
    private byte[] Sign(GateId gate, ArrayBufferWriter<byte> body)
    {
        var signedBytes = GateListing.Signed(gate.ToString(), body.WrittenSpan);
        byte[] signature;
        lock (keys.ListSigning)
        {
            signature = keys.ListSigning.SignData(signedBytes, HashAlgorithmName.SHA256);
        }

        return [.. body.WrittenSpan, .. GateListing.Ending(signature)];
    }

    // A version says up to which position of the journal, and in which step of renewal, a gate knows its list.
    private sealed record Known(long Position, long Step)
    {
        public static Known Of(long version) => new(version >> StepBits, version & ((1L << StepBits) - 1));
    }
}
