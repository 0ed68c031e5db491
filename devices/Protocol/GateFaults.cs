namespace SmartClub.Devices.Protocol;

/// <summary>The silo refused the request itself (unknown device, malformed): repeating is useless.</summary>
public sealed class GateRefusedException(string code, int status)
    : Exception($"The silo refused the gate's request with {status} {code}.")
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}

/// <summary>No answer within the retry limit; what was asked may or may not have taken effect.</summary>
public sealed class GateUnansweredException(int attempts, string lastCause)
    : Exception($"No answer after {attempts} attempts; the last one ended with {lastCause}.")
{
    public string LastCause { get; } = lastCause;
}
