using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Faults;

/// <summary>
/// Compares every answer that a client ever saw with the row of its command: whatever attempt it was given to, it
/// stands in the journal, at the position it named, and every further answer to the same command says the same.
/// </summary>
internal sealed class AnswerCheck(
    IReadOnlyCollection<Call> calls, ClubKeys keys, Func<CommandId, (JournalRow Row, Answer Answer)?> find,
    List<string> faults)
{
    private readonly HashSet<CommandId> commands = [];
    private readonly HashSet<CommandId> answered = [];
    private string? staff;

    /// <summary>Commands that clients sent.</summary>
    public IReadOnlySet<CommandId> Commands => commands;

    /// <summary>Answers compared.</summary>
    public int Answers { get; private set; }

    /// <summary>Requests beyond the first of each command.</summary>
    public int Repeats { get; private set; }

    public void Run()
    {
        staff = Staff();
        foreach (var call in calls.OrderBy(c => c.Number))
        {
            CheckStatus(call);
            if (Command(call) is not { } command)
            {
                continue;
            }

            Repeats += commands.Add(command) ? 0 : 1;
            if (call.IsAnswered)
            {
                answered.Add(command);
                Answers++;
                Compare(call, command);
            }
        }

        faults.AddRange(commands.Except(answered).Select(c => $"Command {c} was never answered."));
    }

    private void CheckStatus(Call call)
    {
        // The first code of a sign-in is of the step before, and may grow too old on its way.
        var isOldCode = call is { Status: 401, Code: "invalid_credentials", Path: "/api/auth/login" };

        // 502 is a proxy's word for a line that was cut behind it.
        var isExpected = call.Broken is not null || call.IsAnswered || call.Status is 502 or 503 or 429 || isOldCode
            || call is { Status: 401, Code: "clock_skew" or "replayed" };
        if (!isExpected)
        {
            faults.Add($"Call {call.Number} {call.Path} was answered with {call.Status} {call.Code}.");
        }
    }

    private CommandId? Command(Call call)
    {
        if (call.Path == "/api/gates/v1/access")
        {
            var asked = JsonSerializer.Deserialize<AccessRequest>(call.Body, ApiJson.Options)!;
            var key = CredentialKeys.Of(keys, asked.Credential!.Kind!.Value, asked.Credential.Value!);
            return AccessDesk.ScanCommand(
                GateId.Parse(call.Sender!, null), key, asked.Direction!.Value, asked.ScanId!);
        }

        return call.Key is { } given ? CommandId.Of(staff!, call.Method, call.Path, given) : null;
    }

    private void Compare(Call call, CommandId command)
    {
        var told = (JsonObject)JsonNode.Parse(call.Answer)!;
        var position = call.Position ?? (long?)told["position"];
        if (find(command) is not var (row, answer))
        {
            faults.Add($"Call {call.Number} {call.Path} was told {told}, but the journal does not know of it.");
            return;
        }

        // A command whose outcome was open names the row that settled it.
        if (position != row.Position)
        {
            faults.Add($"Call {call.Number} was told position {position}; it is {row.Position}.");
        }

        if (!IsSame(call, told, answer))
        {
            var stored = answer.Refusal?.Code ?? JsonSerializer.Serialize(answer.Outcome, ApiJson.Options);
            faults.Add($"Call {call.Number} {call.Path} was told {told}; row {row.Position} says {stored}.");
        }
    }

    private static bool IsSame(Call call, JsonObject told, Answer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            return call.Status >= 400 && (string?)told["code"] == refusal.Code;
        }

        var outcome = answer.Outcome!;
        var stored = (JsonObject)JsonSerializer.SerializeToNode(outcome, outcome.GetType(), ApiJson.Options)!;
        if (answer.Outcome is AccessAnswer access)
        {
            stored["decision"] = access.Granted ? "grant" : "deny";
        }

        // An answer may say more than its outcome, such as a name; what both say must be the same.
        return call.Status == 200 && told.All(field =>
            !stored.ContainsKey(field.Key) || JsonNode.DeepEquals(field.Value, stored[field.Key]));
    }

    // The only member of staff there is: who made the club's site.
    private string Staff()
    {
        var login = calls.First(c => c.Path == "/api/auth/login").Body;
        var email = JsonDocument.Parse(login).RootElement.GetProperty("email").GetString()!;
        return Caller.Staff(StaffIds.Of(keys, email)).Principal;
    }
}
