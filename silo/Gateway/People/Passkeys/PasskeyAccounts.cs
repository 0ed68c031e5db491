using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;

namespace SmartClub.Silo.Gateway.People.Passkeys;

/// <summary>An account as far as passkeys concern it.</summary>
public sealed record PasskeyAccount(StaffId Id, string Email, IReadOnlyList<Passkey> Passkeys);

/// <summary>What is kept of a passkey beside its id and name; nothing in it is secret.</summary>
public sealed record PasskeyRecord(
    byte[] PublicKey, uint SignCount, string[]? Transports, bool IsVerified, bool IsBackupEligible, bool IsBackedUp)
{
    /// <summary>The record of what the framework has found good.</summary>
    public static string Write(UserPasskeyInfo info) => JsonSerializer.Serialize(
        new PasskeyRecord(
            info.PublicKey, info.SignCount, info.Transports, info.IsUserVerified, info.IsBackupEligible,
            info.IsBackedUp),
        ApiJson.Options);

    /// <summary>What the framework needs to check a passkey that is kept.</summary>
    public static UserPasskeyInfo Read(Passkey passkey)
    {
        var kept = JsonSerializer.Deserialize<PasskeyRecord>(passkey.Record, ApiJson.Options)!;
        return new UserPasskeyInfo(
            Base64Url.DecodeFromChars(passkey.Key), kept.PublicKey, passkey.AddedAt, kept.SignCount, kept.Transports,
            kept.IsVerified, kept.IsBackupEligible, kept.IsBackedUp, [], []);
    }
}

/// <summary>
/// Shows the framework the accounts with their passkeys, reading only: what changes is a command like any other.
/// </summary>
public sealed class PasskeyAccounts(IGrains grains) : IUserPasskeyStore<PasskeyAccount>
{
    /// <inheritdoc/>
    public async Task<PasskeyAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        StaffId.TryParse(userId, null, out var id)
            ? await grains.Read<StaffState, PasskeyAccount?>(id.Grain, staff => staff.Exists
                ? new PasskeyAccount(id, staff.Email ?? "", [.. staff.Passkeys])
                : null)
            : null;

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys.Select(PasskeyRecord.Read)]);

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(
        PasskeyAccount user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(credentialId);
        return Task.FromResult(
            user.Passkeys.FirstOrDefault(p => p.Key == key) is { } kept ? PasskeyRecord.Read(kept) : null);
    }

    /// <summary>
    /// Asked before a new one is taken: whoever shows another's credential id could not sign in with it anyway, since
    /// that takes the account's own handle and key.
    /// </summary>
    public Task<PasskeyAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult<PasskeyAccount?>(null);

    /// <inheritdoc/>
    public Task<PasskeyAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult<PasskeyAccount?>(null);

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(
        PasskeyAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(PasskeyAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw ReadsOnly();

    /// <inheritdoc/>
    public Task SetUserNameAsync(PasskeyAccount user, string? userName, CancellationToken cancellationToken) =>
        throw ReadsOnly();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(
        PasskeyAccount user, string? normalizedName, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        throw ReadsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        throw ReadsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        throw ReadsOnly();

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }

    private static NotSupportedException ReadsOnly() => new("Accounts are changed by commands.");
}
