using System.Globalization;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Running;

/// <summary>
/// Uses up eight of ten visits for those who are to have few left: visits are counted by entries and by nothing
/// else, so these people simply come and go. The scanIds are fixed, so repeating it counts nothing twice.
/// </summary>
public static class QuotaUse
{
    private const int Visits = 8;

    public static async Task Run(DemoClub club, GateFleet gates, CancellationToken stop)
    {
        var gate = gates[Reader.SecondTurnstile];
        foreach (var member in club.Members.Where(member => member.Standing == Standing.NearlyUsed))
        {
            for (var visit = 1; visit <= Visits; visit++)
            {
                foreach (var direction in (Direction[])[Direction.In, Direction.Out])
                {
                    var scanId = string.Create(
                        CultureInfo.InvariantCulture, $"earlier-{member.Index}-{visit}-{direction}");
                    await gate.Show(new AccessRequest(scanId, member.Credentials[0], direction, gate.Now), stop);
                }
            }
        }
    }
}
