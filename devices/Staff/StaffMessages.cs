using System.Text.Json;

namespace SmartClub.Devices.Staff;

/// <summary>The file the silo writes for its first administrator.</summary>
public sealed record FirstLogin(string Email, string Password, string TotpSecret)
{
    public static FirstLogin Load(string path)
    {
        try
        {
            return Wire.Read<FirstLogin>(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException
            or JsonException)
        {
            throw new DeviceException($"The log-in file {path} cannot be read.", fault);
        }
    }
}

public sealed record LoginRequest(string Email, string Password, string? Code);

public sealed record LoginAnswer(string AccessToken, int ExpiresIn);

public sealed record Money(long Amount, string Currency);

public sealed record SiteRequest(string Name, string TimeZone, string Currency);

public sealed record ZoneRequest(
    string SiteId, string Name, string AntiPassback, int ForgivenessMinutes, int? Capacity);

public sealed record OpeningHours(IReadOnlyList<string> Days, string From, string To);

public sealed record Entitlement(string ZoneId, IReadOnlyList<OpeningHours>? Schedule);

public sealed record PlanRequest(
    string Name, int? Months, Money Price, IReadOnlyList<Entitlement> Entitlements, int? VisitsPerPeriod);

public sealed record DayPlanRequest(string Name, int Days, Money Price, IReadOnlyList<Entitlement> Entitlements);

public sealed record PlanGuestsRequest(int GuestsPerPeriod);

public sealed record MemberRequest(string FirstName, string LastName, string? Email, string? Phone);

public sealed record MembershipRequest(string PlanId, DateOnly StartsOn, bool Paid);

public sealed record CredentialRequest(string Kind, string Value);

public sealed record SuspendRequest(string Reason);

public sealed record GateRequest(
    string Name, string SiteId, string ZoneId, string Direction, bool ConfirmsPassage);

public sealed record Created(string Id);

public sealed record GateCreated(string Id, string? Key);

public sealed record Suspended(string Status);

/// <summary>A list, read only for the position up to which it is known to be complete.</summary>
public sealed record ListHead(long AsOf);
