using System.Security.Cryptography;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Engines;

/// <summary>CommandIds that come from nowhere. Grains may make none, so this is not beside the type itself.</summary>
public static class CommandIds
{
    /// <summary>An id that nobody can guess, for a command that nobody will repeat.</summary>
    public static CommandId New() => new(new Guid(RandomNumberGenerator.GetBytes(16)));
}
