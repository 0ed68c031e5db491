using System.Text.Json;
using OtpNet;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway;

/// <summary>What the first log-in needs, as its file holds it.</summary>
public sealed record FirstLogin(string Email, string Password, string TotpSecret);

/// <summary>
/// Gives a club without staff its first administrator. The file with the log-in is written before the account, so
/// whatever is interrupted, an account never exists that nobody can open.
/// </summary>
public sealed class FirstAdministrator(
    IGrains grains, ClubKeys keys, SiloSettings settings, Passwords passwords, TimeProvider time,
    ILogger<FirstAdministrator> log) : IStartsWithSilo
{
    /// <summary>The address of the first account.</summary>
    public const string Email = "admin@club.local";

    // One word for both languages and every person.
    private const string Name = "Administration";

    private string File => Path.Combine(settings.DataFolder, "first-login.json");

    /// <inheritdoc/>
    public async Task Start(CancellationToken cancel)
    {
        var staff = StaffIds.Of(keys, Email);
        if (await grains.Read<StaffState, bool>(staff.Grain, s => s.Exists))
        {
            return;
        }

        var login = Stored() ?? Written();
        var create = new CreateStaff(
            staff, login.Email, Name, passwords.Hash(login.Password), login.TotpSecret, StaffRole.Administrator);
        var answered = await grains.Send(create, new Envelope(CommandIds.New(), Caller.System));
        if (answered.Answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The first account was refused as '{refusal.Code}'.");
        }

        log.LogInformation("The club has its first account; {File} holds its log-in.", Path.GetFileName(File));
    }

    /// <inheritdoc/>
    public Task Run(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);

    private FirstLogin? Stored()
    {
        if (!System.IO.File.Exists(File))
        {
            return null;
        }

        try
        {
            var stored = JsonSerializer.Deserialize<FirstLogin>(System.IO.File.ReadAllBytes(File), ApiJson.Options);
            return stored is { Email: Email, Password.Length: > 0, TotpSecret.Length: > 0 }
                && Base32Encoding.ToBytes(stored.TotpSecret).Length > 0 ? stored : null;
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException)
        {
            log.LogWarning("{File} cannot be read; it is written anew.", Path.GetFileName(File));
            return null;
        }
    }

    private FirstLogin Written()
    {
        var login = new FirstLogin(Email, Passwords.Random(15), Passwords.NewTotpSecret());
        ClubKeys.WriteFile(File, JsonSerializer.SerializeToUtf8Bytes(login, ApiJson.Options));
        return login;
    }
}
