using System.Text.Json.Serialization;

namespace SmartClub.Grains.Model;

/// <summary>A place on Earth. A microdegree is at most eleven centimetres, and whole numbers stay exact.</summary>
public sealed record GeoPoint(int LatitudeMicrodegrees, int LongitudeMicrodegrees)
{
    /// <summary>Microdegrees of a degree.</summary>
    public const int PerDegree = 1_000_000;

    /// <summary>The poles.</summary>
    public const int LatitudeDegrees = 90;

    /// <summary>The antimeridian, from either side.</summary>
    public const int LongitudeDegrees = 180;

    private const double EarthRadiusKilometres = 6_371.0088;

    /// <summary>Whether there is such a place.</summary>
    [JsonIgnore]
    public bool IsOnEarth =>
        Math.Abs((long)LatitudeMicrodegrees) <= LatitudeDegrees * PerDegree
        && Math.Abs((long)LongitudeMicrodegrees) <= LongitudeDegrees * PerDegree;

    /// <summary>How far it is to another place as the crow flies: nobody's way is shorter.</summary>
    public double KilometresTo(GeoPoint other)
    {
        var (from, to) = (Radians(LatitudeMicrodegrees), Radians(other.LatitudeMicrodegrees));
        var north = Math.Sin((to - from) / 2);
        var east = Math.Sin(
            Radians((long)other.LongitudeMicrodegrees - LongitudeMicrodegrees) / 2);
        var haversine = (north * north) + (Math.Cos(from) * Math.Cos(to) * east * east);
        return 2 * EarthRadiusKilometres * Math.Asin(Math.Sqrt(Math.Min(1, haversine)));
    }

    private static double Radians(long microdegrees) => microdegrees / (double)PerDegree * Math.PI / 180;
}
