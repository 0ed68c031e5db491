using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>How long the way from one site to another takes at the very least.</summary>
public static class Travel
{
    /// <summary>
    /// The distance at <see cref="Limits.TravelKilometresPerHour"/> where both places are known, up to
    /// <see cref="Limits.LongestJourney"/>; else <see cref="Limits.BetweenSites"/>.
    /// </summary>
    public static TimeSpan AtLeast(SiteFacts? from, SiteFacts? to)
    {
        if (from?.Location is not { } here || to?.Location is not { } there)
        {
            return Limits.BetweenSites;
        }

        var seconds = Math.Round(here.KilometresTo(there) / Limits.TravelKilometresPerHour * 3_600);
        return seconds < Limits.LongestJourney.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Limits.LongestJourney;
    }
}
