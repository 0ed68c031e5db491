using Microsoft.AspNetCore.Mvc;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>A filter of members as it stands in an address.</summary>
/// <param name="Query">Words of name, phone, e-mail or code.</param>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>suspended</c>.</param>
/// <param name="PlanId">The plan of their last membership.</param>
/// <param name="ExpiresFrom">Their last day is this or later.</param>
/// <param name="ExpiresTo">Their last day is this or earlier.</param>
/// <param name="AbsentDays">They did not come for so many days.</param>
/// <param name="Owes">Something is still to be paid.</param>
/// <param name="Inside">They are inside now.</param>
/// <param name="NoPhoto">There is no picture of them.</param>
/// <param name="Kind"><c>member</c>, <c>visitor</c>, <c>staff</c> or <c>supplier</c>.</param>
public sealed record MemberFilterQuery(
    [FromQuery(Name = "query")] string? Query,
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "planId")] string? PlanId,
    [FromQuery(Name = "expiresFrom")] string? ExpiresFrom,
    [FromQuery(Name = "expiresTo")] string? ExpiresTo,
    [FromQuery(Name = "absentDays")] int? AbsentDays,
    [FromQuery(Name = "owes")] bool? Owes,
    [FromQuery(Name = "inside")] bool? Inside,
    [FromQuery(Name = "noPhoto")] bool? NoPhoto,
    [FromQuery(Name = "kind")] string? Kind)
{
    private const int QueryLength = 200;
    private const int DaysMost = 3_660;

    /// <summary>Reads it; what is wrong is noted.</summary>
    public MemberFilter Read(FieldChecks fields, DateTimeOffset now)
    {
        var days = fields.OptionalNumber("absentDays", AbsentDays, 1, DaysMost);
        if (Status is not null)
        {
            fields.OneOf<MemberStatus>("status", Status);
        }

        if (Kind is not null)
        {
            fields.OneOf<PersonKind>("kind", Kind);
        }

        if (PlanId is not null)
        {
            fields.Id<PlanTag>("planId", PlanId);
        }

        return new MemberFilter(
            fields.OptionalText("query", Query, QueryLength),
            Status,
            PlanId,
            ExpiresFrom is null ? null : fields.Day("expiresFrom", ExpiresFrom),
            ExpiresTo is null ? null : fields.Day("expiresTo", ExpiresTo),
            days is { } gone and >= 1 and <= DaysMost ? now.AddDays(-gone) : null,
            Owes ?? false,
            Inside ?? false,
            NoPhoto ?? false,
            Kind);
    }
}
