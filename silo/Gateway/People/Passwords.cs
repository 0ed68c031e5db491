using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OtpNet;
using SmartClub.Grains.Staff;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// Passwords (PBKDF2) and one-time codes (RFC 6238). Hashing is slow on purpose, so only two run at once: a flood of
/// log-ins must not take the machine away from the doors.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>Hashes under way at once.</summary>
    public const int AtOnce = 2;

    /// <summary>How long a log-in waits for its turn.</summary>
    public static readonly TimeSpan TurnWait = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of the salt of a password.</summary>
    public const int SaltBytes = 16;

    private const int Rounds = 210_000;
    private const int HeaderBytes = 13;
    private const int KeyBytes = 32;
    private static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(30);
    private static readonly VerificationWindow Window = new(DomainLimits.CodeWindowSteps, DomainLimits.CodeWindowSteps);
    private readonly PasswordHasher<StaffState> hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    private readonly SemaphoreSlim turns = new(AtOnce, AtOnce);
    private readonly string nobody;

    /// <summary>Prepares the hash that unknown accounts are checked against, so that time does not tell them.</summary>
    public Passwords() => nobody = Hash(Random(16));

    /// <summary>A password or secret that nobody can guess.</summary>
    public static string Random(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>A new secret for one-time codes, base32.</summary>
    public static string NewTotpSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(20));

    /// <summary>The stored form of a password.</summary>
    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>
    /// The same with a given salt, so that a repeated command has the same content. The layout is the hasher's own.
    /// </summary>
    public static string Hash(string password, byte[] salt)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA512, KeyBytes);
        var stored = new byte[HeaderBytes + salt.Length + key.Length];
        stored[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(5), Rounds);
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(9), (uint)salt.Length);
        salt.CopyTo(stored, HeaderBytes);
        key.CopyTo(stored, HeaderBytes + salt.Length);
        return Convert.ToBase64String(stored);
    }

    /// <summary>Takes a turn to hash; null where none came free in time.</summary>
    public async Task<IDisposable?> Turn(CancellationToken cancel) =>
        await turns.WaitAsync(TurnWait, cancel) ? new Taken(turns) : null;

    /// <summary>Whether this is the password; a null hash is that of nobody and takes as long.</summary>
    public bool IsPassword(string? hash, string password) =>
        hasher.VerifyHashedPassword(null!, hash ?? nobody, password) != PasswordVerificationResult.Failed
        && hash is not null;

    /// <summary>The time step of a code within the window around now; null: it is no code.</summary>
    public static long? CodeStep(string? secret, string code, DateTimeOffset now) =>
        !string.IsNullOrEmpty(secret)
        && new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(now.UtcDateTime, code, out var step, Window)
            ? step
            : null;

    /// <summary>How long until an authenticator shows the next code.</summary>
    public static TimeSpan NextCode(DateTimeOffset now) =>
        CodeLife - TimeSpan.FromTicks(now.UtcTicks % CodeLife.Ticks);

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private sealed class Taken(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
