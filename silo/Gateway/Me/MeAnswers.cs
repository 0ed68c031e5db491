using SmartClub.Grains.Accounts;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Setup;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>A zone that a membership opens, and when; no schedule: always.</summary>
public sealed record OpensAnswer(string ZoneId, string Zone, string Site, IReadOnlyList<HoursRequest>? Schedule);

/// <summary>A membership as its member sees it.</summary>
public sealed record MyMembershipAnswer(
    string Id, string PlanName, Money Price, DateOnly StartsOn, DateOnly ExpiresOn, bool Paid, bool Frozen,
    bool Started, bool Ended, int VisitsUsed, int? VisitsAllowed, IReadOnlyList<OpensAnswer> Opens);

/// <summary>A phone that can show passes.</summary>
public sealed record PassKeyAnswer(string Id, string? Device, DateTimeOffset? AddedAt);

/// <summary>A phone on which the member is signed in.</summary>
public sealed record MySessionAnswer(string Id, DateTimeOffset OpenedAt, bool Current);

/// <summary>Where the member is now.</summary>
public sealed record MyPlaceAnswer(string Zone, string Site, DateTimeOffset Since);

/// <summary>Everything that the app shows of its member.</summary>
public sealed record MeAnswer(
    string Id, string Code, string DisplayName, string? FirstName, string? Email, string? Phone, string? PhotoUrl,
    string? Language, MemberStatus Status, DateOnly? ExpiresOn, string? Club, DateTimeOffset ServerTime,
    string Antiforgery, bool CanEnrol, IReadOnlyList<MyMembershipAnswer> Memberships,
    IReadOnlyList<PassKeyAnswer> PassKeys, IReadOnlyList<MySessionAnswer> Sessions,
    IReadOnlyList<MyPlaceAnswer> Inside);

/// <summary>What a member's grain tells their app at one moment.</summary>
public sealed record MyRights(
    IReadOnlyDictionary<string, MembershipTerms> Terms, IReadOnlyList<PassKey> PassKeys)
{
    /// <summary>Copies what is shown; what a membership took over from its plan never changes.</summary>
    public static MyRights Of(MemberState member) => new(
        member.Memberships.ToDictionary(m => m.Id.ToString(), m => m.Terms),
        [.. member.PassKeys.Where(k => !k.IsRevoked)]);
}

/// <summary>What a member's account tells their app.</summary>
public sealed record MyAccount(string? Language, IReadOnlyList<MemberSession> Sessions)
{
    /// <summary>Copies what is shown.</summary>
    public static MyAccount Of(AccountState account) => new(account.Language, [.. account.Sessions]);
}
