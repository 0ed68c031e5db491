using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>An amount in integer minor units with its currency.</summary>
public sealed record MoneyRequest(long? Amount, string? Currency);

/// <summary>A zone that the plan opens, always or by a weekly schedule.</summary>
public sealed record EntitlementRequest(string? ZoneId, IReadOnlyList<HoursRequest?>? Schedule = null);

/// <summary>A new plan: months or days, not both.</summary>
public sealed record PlanRequest(
    string? Name, MoneyRequest? Price, IReadOnlyList<EntitlementRequest?>? Entitlements, int? Months = null,
    int? Days = null, int? VisitsPerPeriod = null);

/// <summary>A zone that a plan opens.</summary>
public sealed record EntitlementAnswer(string ZoneId, IReadOnlyList<HoursRequest>? Schedule);

/// <summary>What the club sells.</summary>
public sealed record PlanAnswer(
    string Id, string Name, int? Months, int? Days, Money Price, IReadOnlyList<EntitlementAnswer> Entitlements,
    int? VisitsPerPeriod, int GuestsPerPeriod = 0, bool Retired = false);

/// <summary>Whether a plan is sold no more.</summary>
public sealed record PlanRetiredAnswer(string Id, bool Retired);

/// <summary>How many guests a member with the plan can invite in a period.</summary>
public sealed record PlanGuestsRequest(int? GuestsPerPeriod);

/// <summary>Plans.</summary>
public static class PlanEndpoints
{
    private const int CurrencyLength = 10;

    /// <summary>Maps the calls.</summary>
    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup("/plans").WithTags("Plans");
        plans.MapPost("/", Create).Requires(Rights.Setup)
            .Documented("CreatePlan", "Sets up what the club sells.")
            .TakesBody<PlanRequest>().Produces<CreatedAnswer>().IsCommand();
        plans.MapPost("/{id}", Change).Requires(Rights.Setup)
            .Documented("ChangePlan", "Changes what is sold from now on; what was sold stays as it was sold.")
            .TakesBody<PlanRequest>().Produces<Done>().IsCommand();
        plans.MapPost("/{id}/retire", (HttpContext http, string id, CommandRunner commands) =>
                Retire(http, id, commands, plan => new RetirePlan(plan), true))
            .Requires(Rights.Setup)
            .Documented("RetirePlan", "Sells a plan no more; whoever has it keeps it.")
            .Produces<PlanRetiredAnswer>().IsCommand();
        plans.MapPost("/{id}/reinstate", (HttpContext http, string id, CommandRunner commands) =>
                Retire(http, id, commands, plan => new ReinstatePlan(plan), false))
            .Requires(Rights.Setup)
            .Documented("ReinstatePlan", "Sells a retired plan again.")
            .Produces<PlanRetiredAnswer>().IsCommand();
        plans.MapPost("/{id}/guests", SetGuests).Requires(Rights.Setup)
            .Documented("SetPlanGuests", "Says how many guests a member with the plan can invite in a period.")
            .TakesBody<PlanGuestsRequest>().Produces<PlanGuestsRequest>().IsCommand();
        plans.MapGet("/", List).Requires(Rights.MembersRead)
            .Documented("ListPlans", "What the club sells.")
            .Produces<ListAnswer<PlanAnswer>>().IsRead();
    }

    private static Task<IResult> Create(HttpContext http, CommandRunner commands) =>
        http.WithBody<PlanRequest>((body, fields) =>
        {
            var terms = Terms(fields, body);
            return fields.Then(() => commands.Run(
                http,
                id => new CreatePlan(
                    NewIds.Of<PlanTag>(id), terms.Name, terms.Length, terms.Price, terms.Opens, terms.Visits),
                created => new CreatedAnswer(created.Id.ToString())));
        });

    private static Task<IResult> Change(HttpContext http, string id, CommandRunner commands) =>
        !PlanId.TryParse(id, null, out var plan)
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<PlanRequest>((body, fields) =>
            {
                var terms = Terms(fields, body);
                return fields.Then(() => commands.Run(
                    http,
                    _ => new ChangePlan(plan, terms.Name, terms.Length, terms.Price, terms.Opens, terms.Visits),
                    done => done));
            });

    private static Task<IResult> Retire(
        HttpContext http, string id, CommandRunner commands, Func<PlanId, ICommand<Done>> make, bool retired) =>
        PlanId.TryParse(id, null, out var plan)
            ? commands.Run(http, _ => make(plan), _ => new PlanRetiredAnswer(id, retired))
            : Task.FromResult(Problems.Of("not_found"));

    private static (string Name, PlanLength Length, Money Price, List<Entitlement> Opens, int? Visits) Terms(
        FieldChecks fields, PlanRequest body) =>
    (
        fields.Name("name", body.Name),
        Length(fields, body),
        new Money(
            fields.Amount("price.amount", body.Price?.Amount),
            fields.Text("price.currency", body.Price?.Currency, CurrencyLength)),
        Entitlements(fields, body.Entitlements),
        fields.OptionalNumber("visitsPerPeriod", body.VisitsPerPeriod, 1, DomainLimits.VisitsPerPeriod));

    private static Task<IResult> SetGuests(HttpContext http, string id, CommandRunner commands) =>
        !PlanId.TryParse(id, null, out var plan)
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<PlanGuestsRequest>((body, fields) =>
            {
                var guests = fields.Number("guestsPerPeriod", body.GuestsPerPeriod, 0, DomainLimits.GuestsPerPeriod);
                return fields.Then(() => commands.Run(
                    http, _ => new SetPlanGuests(plan, guests), _ => new PlanGuestsRequest(guests)));
            });

    private static PlanLength Length(FieldChecks fields, PlanRequest body)
    {
        if (body.Months is not null && body.Days is not null)
        {
            fields.Wrong("days", "invalid");
        }

        return body.Days is null
            ? new PlanLength(fields.Number("months", body.Months, 1, DomainLimits.PlanMonths), null)
            : new PlanLength(null, fields.Number("days", body.Days, 1, DomainLimits.PlanDays));
    }

    /// <summary>Reads what is opened.</summary>
    internal static List<Entitlement> Entitlements(FieldChecks fields, IReadOnlyList<EntitlementRequest?>? asked)
    {
        if (asked is null or { Count: 0 })
        {
            fields.Wrong("entitlements", "required");
            return [];
        }

        if (asked.Count > DomainLimits.EntitlementsPerPlan)
        {
            fields.Wrong("entitlements", "too_long");
            return [];
        }

        List<Entitlement> entitlements = [.. asked.Select((entitlement, i) => new Entitlement(
            fields.Id<ZoneTag>($"entitlements[{i}].zoneId", entitlement?.ZoneId),
            Schedules.Read(fields, $"entitlements[{i}].schedule", entitlement?.Schedule)))];
        for (var i = 0; i < entitlements.Count; i++)
        {
            if (entitlements.FindIndex(e => e.ZoneId == entitlements[i].ZoneId) < i
                && entitlements[i].ZoneId != default)
            {
                fields.Wrong($"entitlements[{i}].zoneId", "invalid");
            }
        }

        return entitlements;
    }

    private static Task<IResult> List(string? after, PlanMirror plans, ReadAfter reads, CancellationToken cancel) =>
        reads.List(
            after,
            () => plans.All.OrderBy(p => p.IsRetired).ThenBy(p => p.Name, StringComparer.Ordinal).Select(p =>
                new PlanAnswer(
                    p.Id.ToString(), p.Name, p.Length.Months, p.Length.Days, p.Price,
                    [.. p.Entitlements.Select(e => new EntitlementAnswer(
                        e.ZoneId.ToString(), Schedules.Write(e.Schedule)))],
                    p.VisitsPerPeriod, p.GuestsPerPeriod ?? 0, p.IsRetired)),
            cancel);
}
