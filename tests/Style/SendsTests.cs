using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SmartClub.Grains;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Grains.Zones.Commands;

namespace SmartClub.Tests.Style;

/// <summary>Who may send what to whom. A new line here is a decision about how features hang together.</summary>
public sealed class SendsTests
{
    private static readonly (string From, string To, Type Command)[] Sends =
    [
        ("Members", "Credentials", typeof(ClaimCredential)),
        ("Members", "Credentials", typeof(ReleaseCredential)),
        ("Members", "Zones", typeof(HoldPlace)),
        ("Members", "Zones", typeof(CapturePlace)),
        ("Members", "Zones", typeof(ReleaseHold)),
        ("Members", "Zones", typeof(ReleasePlace)),
        ("Members", "Members", typeof(AdmitGuest)),
        ("Members", "Members", typeof(AskHost)),
        ("Members", "Members", typeof(StartMembership)),
        ("Members", "Members", typeof(EndMembership)),
        ("Gates", "Members", typeof(RecordPassage)),
        ("Gates", "Members", typeof(RecordNonPassage)),
        ("Gates", "Members", typeof(RecordDoorDecision)),
        ("earlier versions", "Members", typeof(RecordOfflineAccess)),
        ("Gates", "Gates", typeof(ExpireGateOrder)),
        ("Accounts", "Messages", typeof(QueueMessage)),
        ("Staff", "Messages", typeof(QueueMessage)),
        ("Messages", "Messages", typeof(RetryMessage)),
        ("silo", "Accounts", typeof(RequestSignIn)),
        ("silo", "Accounts", typeof(RedeemSignIn)),
        ("silo", "Messages", typeof(ClaimMessage)),
        ("silo", "Messages", typeof(ReportMessage)),
        ("Gates", "Alerts", typeof(RaiseAlert)),
        ("Gates", "Alerts", typeof(SettleAlert)),
        ("Members", "Alerts", typeof(RaiseAlert)),
        ("silo", "Alerts", typeof(RaiseAlert)),
        ("silo", "Alerts", typeof(SettleAlert)),
        ("Alerts", "Alerts", typeof(EscalateAlert)),
        ("Alerts", "Alerts", typeof(WakeAlert)),
        ("Emergencies", "Gates", typeof(DirectGate)),
        ("Emergencies", "Emergencies", typeof(RenewEmergency)),
        ("silo", "Gates", typeof(DirectGate)),
        ("silo", "Gates", typeof(ReportSilence)),
        ("silo", "Gates", typeof(ReportReturn)),
        ("silo", "Gates", typeof(ConfirmGateKey)),
        ("silo", "Staff", typeof(CreateStaff)),
        ("silo", "Staff", typeof(OpenSession)),
        ("silo", "Staff", typeof(SeeSession)),
        ("silo", "Staff", typeof(AcceptInvitation)),
    ];

    private static IEnumerable<(string Feature, Type Command)> Commands =>
        from module in Modules.All
        from grain in module.Grains
        from command in grain.Commands
        select (Folder(command.Type), command.Type);

    [Fact]
    public void Features_SendOnlyWhatIsListed()
    {
        var sent = Modules.All.SelectMany(m => m.Grains)
            .Select(g => Folder(g.StateType))
            .Distinct()
            .SelectMany(feature => Commands
                .Where(c => Regex.IsMatch(Source(feature), $@"\bnew {c.Command.Name}\("))
                .Select(c => (feature, c.Feature, c.Command)));
        Assert.Equal(
            Sends.Where(s => s.From is not ("silo" or "earlier versions")).OrderBy(s => s.ToString()),
            sent.OrderBy(s => s.ToString()));
    }

    [Fact]
    public void Features_KnowOnlyCommandsOfOthers()
    {
        foreach (var (feature, _) in Commands.DistinctBy(c => c.Feature))
        {
            var known = Regex.Matches(Source(feature), @"using (?:static )?SmartClub\.Grains\.([\w.]+);")
                .Select(match => match.Groups[1].Value.Split('.'))
                .Where(parts => parts[0] != "Model" && parts[0] != feature);
            Assert.All(known, parts =>
            {
                Assert.Equal("Commands", parts[^1]);
                Assert.Contains(Sends, s => s.From == feature && s.To == parts[0]);
            });
        }
    }

    [Fact]
    public void Commands_AreInternalExactlyWhenListed() => Assert.Equal(
        Sends.Select(s => s.Command.Name).Distinct().Order(),
        Commands.Where(c => c.Command.GetCustomAttribute<InternalAttribute>() is not null)
            .Select(c => c.Command.Name).Order());

    [Fact]
    public void Commands_NeedARight_UnlessInternal() => Assert.All(Commands, c =>
        Assert.True(
            c.Command.GetCustomAttribute<InternalAttribute>() is not null
            ^ c.Command.GetCustomAttribute<NeedsAttribute>() is not null,
            c.Command.Name));

    private static string Folder(Type type) => type.Namespace!.Split('.')[2];

    private static string Source(string feature, [CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "grains", feature);
        return string.Join('\n', Directory.EnumerateFiles(folder, "*.cs").Select(File.ReadAllText));
    }
}
