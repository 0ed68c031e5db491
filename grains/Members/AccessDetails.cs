using System.Globalization;
using SmartClub.Grains.Members.Commands;

namespace SmartClub.Grains.Members;

/// <summary>The figures behind a decision.</summary>
public static class AccessDetails
{
    /// <summary>Those that matter for the reason, or null where none does.</summary>
    public static AccessDetail? Of(in AccessQuestion asked, Verdict verdict) => verdict switch
    {
        { Reason: AccessReason.NotStarted, Membership: { } coming } => new() { StartsOn = coming.StartsOn },
        { Reason: AccessReason.Expired, Membership: { } over } => new() { ExpiredOn = over.LastDay },
        { Reason: AccessReason.OutsideHours, Membership: { } hosted }
            when !AccessRules.IsOutsideHours(asked, hosted) => null,
        { Reason: AccessReason.OutsideHours, Membership: { } closed } => new() { Hours = Hours(asked, closed) },
        { Reason: AccessReason.QuotaExhausted, Membership: { } spent } => Visits(asked, spent, 0),
        { Reason: AccessReason.AntiPassback } => new()
        {
            InsideSince = asked.Member.PresenceIn(asked.Zone.Id)?.EnteredAt,
        },
        { Reason: AccessReason.CapacityFull } => new() { Capacity = asked.Zone.Capacity },
        { Reason: AccessReason.Ok, Membership: { Terms.VisitsPerPeriod: not null } paying } =>
            Visits(asked, paying, asked.Reentry.IsSameVisit() ? 0 : 1),
        _ => null,
    };

    private static AccessDetail Visits(in AccessQuestion asked, Membership membership, int more) => new()
    {
        VisitsUsed = AccessRules.VisitsTaken(asked, membership) + more,
        VisitsAllowed = membership.Terms.VisitsPerPeriod,
    };

    private static string Hours(in AccessQuestion asked, Membership membership)
    {
        var today = asked.Local.DayOfWeek;
        var windows = (membership.Terms.For(asked.Zone.Id)?.Schedule ?? [])
            .Where(w => w.Days.Contains(today))
            .OrderBy(w => w.From)
            .Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.From:HH:mm}-{w.To:HH:mm}"));
        return string.Join(", ", windows);
    }
}
