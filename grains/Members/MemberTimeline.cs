using System.Globalization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// One line of a member's history, before it is put into words: the texts live in the gateway's translations, by
/// type. Parameters are ids (whose names the gateway knows), dates, codes and what staff wrote.
/// </summary>
public sealed record TimelineEntry(string Type, IReadOnlyDictionary<string, string?> Parameters);

/// <summary>A member's history as people read it.</summary>
public static class MemberTimeline
{
    private static readonly IReadOnlyDictionary<string, string?> Nothing = new Dictionary<string, string?>();

    /// <summary>The types of entries, for the test that each has its words in every language.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "member.registered", "member.details_changed", "member.suspended", "member.resumed",
        "membership.added", "membership.started", "membership.ended", "membership.settled",
        "membership.frozen", "membership.unfrozen", "membership.hosted", "membership.narrowed",
        "member.classified", "guest.invited",
        "credential.added", "credential.refused", "credential.revoked", "pass_key.added", "pass_key.revoked",
        "access.granted", "access.denied", "access.entered", "access.left", "access.past_visit",
        "access.passed", "access.not_passed", "access.offline_granted", "access.offline_denied",
        "access.entry_reverted", "access.exit_reverted", "access.admitted_by_hand",
        "note.written", "note.removed", "photo.set", "photo.removed", "file.added", "file.removed",
    ];

    /// <summary>The entry of an event, or null where people would learn nothing from it.</summary>
    public static TimelineEntry? Of(IEvent happened) => happened switch
    {
        MemberRegistered => new("member.registered", Nothing),
        MemberDetailsChanged => new("member.details_changed", Nothing),
        MemberSuspended e => new("member.suspended", With(("reason", e.Reason))),
        MemberResumed e => new("member.resumed", With(("reason", e.Reason))),
        MemberWithdrawn e => new("member.withdrawn", With(("reason", e.Reason))),
        MembershipAdded e => new("membership.added", With(
            ("membershipId", e.MembershipId.ToString()), ("plan", e.Terms.PlanName),
            ("startsOn", Day(e.StartsOn)), ("expiresOn", Day(e.LastDay)), ("paid", e.IsPaid ? "true" : "false"))),
        MembershipStarted e => new("membership.started", With(("membershipId", e.MembershipId.ToString()))),
        MembershipEnded e => new("membership.ended", With(("membershipId", e.MembershipId.ToString()))),
        MembershipSettled e => new("membership.settled", With(("membershipId", e.MembershipId.ToString()))),
        MembershipFrozen e => new("membership.frozen", With(
            ("membershipId", e.MembershipId.ToString()), ("reason", e.Reason))),
        MembershipUnfrozen e => new("membership.unfrozen", With(
            ("membershipId", e.MembershipId.ToString()), ("reason", e.Reason))),
        MembershipHosted e => new("membership.hosted", With(
            ("membershipId", e.MembershipId.ToString()), ("memberId", e.HostId.ToString()))),
        MembershipNarrowed e => new("membership.narrowed", With(
            ("membershipId", e.MembershipId.ToString()), ("gateIds", string.Join(' ', e.Gates)))),
        PersonClassified e => new("member.classified", With(("kind", "person." + Refusal.Snake(e.Kind.ToString())))),
        GuestInvited e => new("guest.invited", With(
            ("memberId", e.GuestId.ToString()), ("used", Number(e.GuestsInvited)), ("of", Number(e.GuestsAllowed)))),
        CredentialAdded e => new("credential.added", With(
            ("credentialId", e.CredentialId.ToString()), ("kind", Refusal.Snake(e.Kind.ToString())))),
        CredentialNotAdded e => new("credential.refused", With(("credentialId", e.CredentialId.ToString()))),
        CredentialRevoked e => new("credential.revoked", With(("credentialId", e.CredentialId.ToString()))),
        PassKeyAdded => new("pass_key.added", Nothing),
        PassKeyRevoked => new("pass_key.revoked", Nothing),
        NoteWritten e => new("note.written", With(("reason", e.Text))),
        NoteRemoved => new("note.removed", Nothing),
        PhotoSet => new("photo.set", Nothing),
        PhotoRemoved => new("photo.removed", Nothing),
        AttachmentAdded e => new("file.added", With(("reason", e.Name))),
        AttachmentRemoved => new("file.removed", Nothing),
        _ => OfAccess(happened),
    };

    private static TimelineEntry? OfAccess(IEvent happened) => happened switch
    {
        AccessGranted e => new("access.granted", With(
            ("gateId", e.GateId.ToString()), ("zoneId", e.ZoneId.ToString()),
            ("direction", Refusal.Snake(e.Direction.ToString())), ("plan", e.PlanName))),
        AccessDenied e => new("access.denied", With(
            ("gateId", e.GateId.ToString()), ("zoneId", e.ZoneId.ToString()),
            ("reason", Refusal.Snake(e.Reason.ToString())), ("plan", e.PlanName))),
        AdmittedByHand e => new("access.admitted_by_hand", With(
            ("gateId", e.GateId.ToString()), ("zoneId", e.ZoneId.ToString()), ("reason", e.Reason))),
        Entered e => new("access.entered", Door(e.GateId, e.ZoneId)),
        Left e => new("access.left", Door(e.GateId, e.ZoneId)),
        PastVisitCounted e => new("access.past_visit", Door(e.GateId, e.ZoneId)),
        PassedWithoutMove e => new("access.passed", Door(e.GateId, e.ZoneId)),
        TicketEnded e => new("access.not_passed", With(("zoneId", e.ZoneId.ToString()))),
        OfflineAccessRecorded { IsGranted: true } e => new("access.offline_granted", Door(e.GateId, e.ZoneId)),
        OfflineAccessRecorded e => new("access.offline_denied", Door(e.GateId, e.ZoneId)),
        EntryReverted e => new("access.entry_reverted", With(("zoneId", e.ZoneId.ToString()))),
        ExitReverted e => new("access.exit_reverted", With(("zoneId", e.ZoneId.ToString()))),
        _ => null,
    };

    private static Dictionary<string, string?> Door(GateId gate, ZoneId zone) =>
        With(("gateId", gate.ToString()), ("zoneId", zone.ToString()));

    private static Dictionary<string, string?> With(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var all = new Dictionary<string, string?>(parameters.Length);
        foreach (var (name, value) in parameters)
        {
            all.Add(name, value);
        }

        return all;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
