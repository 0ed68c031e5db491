namespace SmartClub.Grains.Model;

/// <summary>
/// Who asks: <c>staff:stf_…/ses_…</c>, <c>member:mbr_…</c>, <c>gate:gat_…</c>, <c>grain:…</c> or <c>system</c>.
/// </summary>
public readonly record struct Caller(string Principal)
{
    /// <summary>The silo itself: reminders, sends and start-up.</summary>
    public static readonly Caller System = new("system");

    /// <summary>A member of staff.</summary>
    public static Caller Staff(StaffId id) => new($"staff:{id}");

    /// <summary>A member of staff, and the session in which they asked: where from stands with it.</summary>
    public static Caller Staff(StaffId id, SessionId session) => new($"staff:{id}/{session}");

    /// <summary>A member on their own phone.</summary>
    public static Caller Member(MemberId id) => new($"member:{id}");

    /// <summary>A gate whose signature was valid.</summary>
    public static Caller Gate(GateId id) => new($"gate:{id}");

    /// <summary>Whether this member of staff asks.</summary>
    public bool Is(StaffId id) => Principal == Staff(id).Principal
        || Principal.StartsWith(Staff(id).Principal + "/", StringComparison.Ordinal);
}

/// <summary>What the gateway found about a rotating pass before the rules were asked.</summary>
public enum PassVerdict
{
    /// <summary>The credential is not a rotating pass.</summary>
    NotAPass,

    /// <summary>Signature, time and first use are all right.</summary>
    Good,

    /// <summary>Not a pass of this club, or altered.</summary>
    Invalid,

    /// <summary>Too old, or from the future.</summary>
    Expired,

    /// <summary>Another gate consumed it first.</summary>
    Used,
}

/// <summary>What makes one rotating pass that one: with its key, these two are shown once.</summary>
/// <param name="Nonce">Its eight random bytes, as a number.</param>
/// <param name="SignedAt">When the phone signed it, in Unix seconds.</param>
public readonly record struct PassUse(long Nonce, long SignedAt);

/// <summary>
/// All that a rule may know besides its state and the command. Facts are not part of a command's content: a repeat
/// at another time is still the same command. What decided is written into the event.
/// </summary>
public sealed record Facts(DateTimeOffset Now, Caller Caller, CommandId CommandId, IReference Reference)
{
    /// <summary>Verdict of the gateway on a rotating pass.</summary>
    public PassVerdict Pass { get; init; }

    /// <summary>Which rotating pass it is; null where the credential is none.</summary>
    public PassUse? PassUse { get; init; }

    /// <summary>A new id, the same one each time this command is decided.</summary>
    public Id<TTag> NewId<TTag>(int number = 0)
        where TTag : IIdTag => new(CommandId.Derive(TTag.Prefix, number).Value);
}
