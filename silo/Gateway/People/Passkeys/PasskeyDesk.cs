using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.People.Passkeys;

/// <summary>A question for an authenticator.</summary>
/// <param name="Ticket">Comes back with the answer; it holds the question, sealed, so nothing is kept here.</param>
/// <param name="Options">The question as browsers take it (JSON).</param>
public sealed record PasskeyQuestion(string Ticket, string Options);

/// <summary>
/// Passkeys (WebAuthn). The framework writes the questions and checks the answers; the question travels sealed through
/// the browser, so that any silo of the club can check it, and a flood of questions fills nothing.
/// </summary>
public sealed class PasskeyDesk
{
    private const string Adding = "add";
    private const string SigningIn = "sign-in";
    private const string Verified = "required";
    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("smartclub/passkey-ticket");

    private readonly PasskeyHandler<PasskeyAccount> handler;
    private readonly byte[] seal;
    private readonly TimeProvider time;

    /// <summary>Makes the desk.</summary>
    public PasskeyDesk(IGrains grains, ClubKeys keys, TimeProvider time)
    {
        this.time = time;
        seal = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.PersonWrap, 32, info: Purpose);

        // A passkey stands for password and second factor at once, so its owner must have unlocked it.
        var options = new IdentityPasskeyOptions
        {
            UserVerificationRequirement = Verified,
            ResidentKeyRequirement = Verified,
            AuthenticatorTimeout = Limits.PasskeyLife,
        };
        var accounts = new UserManager<PasskeyAccount>(
            new PasskeyAccounts(grains), null!, null!, [], [], null!, null!, null!,
            NullLogger<UserManager<PasskeyAccount>>.Instance);
        handler = new PasskeyHandler<PasskeyAccount>(accounts, Options.Create(options));
    }

    /// <summary>Asks an authenticator for a new passkey of an account.</summary>
    public async Task<PasskeyQuestion> AskForNew(HttpContext http, StaffPrincipal who)
    {
        var asked = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = who.Staff.ToString(), Name = who.Email, DisplayName = who.DisplayName }, http);
        return new PasskeyQuestion(Seal(Adding, asked.AttestationState!), asked.CreationOptionsJson);
    }

    /// <summary>The new passkey, as a command that adds it; null: the answer does not fit the question.</summary>
    public async Task<(string Key, string Record)?> New(
        HttpContext http, StaffPrincipal who, string ticket, string credential)
    {
        if (Open(Adding, ticket) is not { } state)
        {
            return null;
        }

        var context = new PasskeyAttestationContext
        {
            HttpContext = http,
            CredentialJson = credential,
            AttestationState = state,
        };
        var made = await handler.PerformAttestationAsync(context);
        return made.Succeeded && made.UserEntity.Id == who.Staff.ToString()
            ? (Base64Url.EncodeToString(made.Passkey.CredentialId), PasskeyRecord.Write(made.Passkey))
            : null;
    }

    /// <summary>Asks an authenticator for any passkey that it has for this club.</summary>
    public async Task<PasskeyQuestion> AskForSignIn(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return new PasskeyQuestion(Seal(SigningIn, asked.AssertionState!), asked.RequestOptionsJson);
    }

    /// <summary>Whose passkey has answered, and how it is kept from now on; null: the answer does not fit.</summary>
    public async Task<(StaffId Staff, PasskeyUse Use)?> Who(HttpContext http, string ticket, string credential)
    {
        if (Open(SigningIn, ticket) is not { } state)
        {
            return null;
        }

        var context = new PasskeyAssertionContext
        {
            HttpContext = http,
            CredentialJson = credential,
            AssertionState = state,
        };
        var proven = await handler.PerformAssertionAsync(context);
        return proven.Succeeded
            ? (proven.User.Id, new PasskeyUse(
                Base64Url.EncodeToString(proven.Passkey.CredentialId), PasskeyRecord.Write(proven.Passkey)))
            : null;
    }

    /// <summary>
    /// The session that a question opens. Its id is the question's, so that an answer that somebody has overheard
    /// opens no second one, after a restart neither.
    /// </summary>
    public static CommandId Session(string ticket) => CommandId.Of("passkey-session", ticket);

    private string Seal(string purpose, string state)
    {
        var until = (time.GetUtcNow() + Limits.PasskeyLife).ToUnixTimeSeconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{purpose}.{until}.{state}");
        return Base64Url.EncodeToString([.. Mac(text), .. Encoding.UTF8.GetBytes(text)]);
    }

    private string? Open(string purpose, string ticket)
    {
        if (!Base64Url.IsValid(ticket) || Base64Url.DecodeFromChars(ticket) is not { Length: > 32 } bytes)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes.AsSpan(32));
        return CryptographicOperations.FixedTimeEquals(Mac(text), bytes.AsSpan(0, 32))
            && text.Split('.', 3) is [var of, var until, var state]
            && of == purpose
            && long.Parse(until, CultureInfo.InvariantCulture) >= time.GetUtcNow().ToUnixTimeSeconds()
            ? state
            : null;
    }

    private byte[] Mac(string text) => HMACSHA256.HashData(seal, Encoding.UTF8.GetBytes(text));
}
