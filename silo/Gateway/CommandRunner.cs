using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// Turns a request of staff or of a member into a command and its answer into a response, always in the same way.
/// </summary>
public sealed class CommandRunner(IGrains grains, CommandGuard guard, TimeProvider time)
{
    /// <summary>Name of the header that carries the position of a command's row.</summary>
    public const string PositionHeader = "X-Journal-Position";

    /// <summary>Name of the header that makes a retry the same command.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int KeyLength = 200;

    /// <summary>
    /// Sends a command. New things take their ids from the CommandId, so a repeated create finds the first.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="make">The command of a CommandId.</param>
    /// <param name="answer">The response body of an outcome; null: there is nothing to tell.</param>
    public async Task<IResult> Run<TOutcome>(
        HttpContext http, Func<CommandId, ICommand<TOutcome>> make, Func<TOutcome, object?> answer)
    {
        var me = http.Features.Get<MemberPrincipal>();
        var staff = me is null ? http.Features.GetRequiredFeature<StaffPrincipal>() : null;
        if (!TryReadId(http.Request, me?.Caller ?? staff!.Owner, out var id))
        {
            return Problems.Of("invalid_idempotency_key");
        }

        var command = make(id);
        if (me is null ? !guard.Allows(staff!, command) : !CommandGuard.Allows(me, command))
        {
            return Problems.Of("forbidden");
        }

        Answered answered;
        try
        {
            answered = await grains.Send(command, new Envelope(id, me?.Caller ?? staff!.Caller))
                .WaitAsync(Limits.OutcomeWait, time, http.RequestAborted);
        }
        catch (TimeoutException)
        {
            return Problems.Of("outcome_open");
        }

        if (answered.Position is { } position)
        {
            http.Response.Headers[PositionHeader] = position.ToString(CultureInfo.InvariantCulture);
        }

        return answered.Answer.Refusal is { } refusal
            ? Problems.Of(refusal)
            : answer((TOutcome)answered.Answer.Outcome!) is { } body ? Results.Json(body, ApiJson.Options)
            : Results.NoContent();
    }

    private static bool TryReadId(HttpRequest request, Caller caller, out CommandId id)
    {
        var key = request.Headers[IdempotencyHeader].ToString();
        id = key.Length == 0
            ? CommandIds.New()
            : CommandId.Of(caller.Principal, request.Method, request.Path.Value ?? "", key);
        return key.Length <= KeyLength && ApiJson.IsClean(key);
    }
}
