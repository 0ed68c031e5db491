using SmartClub.Grains.Alerts;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Alerts;

/// <summary>How long the way from one site to another takes at the very least.</summary>
public sealed class TravelTests
{
    private readonly Town town = new();

    /// <summary>Distances by the great circle, at 90 km/h; three hours at the most.</summary>
    [Theory]
    [InlineData(-4.3033, 15.3105, -4.3033, 15.3105, 0, 0)]
    [InlineData(-4.3033, 15.3105, -4.3789, 15.3458, 9.27, 371)]
    [InlineData(-4.3033, 15.3105, -4.2634, 15.2429, 8.71, 348)]
    [InlineData(48.8566, 2.3522, 49.2583, 4.0317, 130.27, 5_211)]
    [InlineData(-4.3217, 15.3126, -11.6647, 27.4794, 1_568.08, 10_800)]
    [InlineData(-16.5, 179.95, -16.5, -179.95, 10.66, 426)]
    [InlineData(0, 180, 0, -180, 0, 0)]
    [InlineData(90, 0, 90, 135, 0, 0)]
    [InlineData(90, 0, -90, 0, 20_015.11, 10_800)]
    [InlineData(0, 0, 0, 180, 20_015.11, 10_800)]
    public void Journey_IsAsLongAsItsDistance(
        double latitude, double longitude, double thereLatitude, double thereLongitude, double kilometres, int seconds)
    {
        var (from, to) = (town.AddSite("Here"), town.AddSite("There"));
        town.Locate(from, latitude, longitude);
        town.Locate(to, thereLatitude, thereLongitude);
        (from, to) = (town.Site(from.Id)!, town.Site(to.Id)!);
        Assert.Equal(kilometres, from.Location!.KilometresTo(to.Location!), 0.05 + (kilometres / 1_000));
        Assert.Equal(from.Location.KilometresTo(to.Location!), to.Location!.KilometresTo(from.Location), 6);
        Assert.InRange(Travel.AtLeast(from, to).TotalSeconds, seconds * 0.997, (seconds * 1.003) + 1);
        Assert.Equal(Travel.AtLeast(from, to), Travel.AtLeast(to, from));
    }

    [Fact]
    public void Journey_IsTenMinutes_WhereAPlaceIsNotKnown()
    {
        var (from, to) = (town.AddSite("Here"), town.AddSite("There"));
        Assert.Equal(TimeSpan.FromMinutes(10), Travel.AtLeast(from, to));
        town.Locate(from, 0, 0);
        Assert.Equal(TimeSpan.FromMinutes(10), Travel.AtLeast(town.Site(from.Id), to));
        Assert.Equal(TimeSpan.FromMinutes(10), Travel.AtLeast(null, null));
    }
}
