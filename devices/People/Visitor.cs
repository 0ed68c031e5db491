namespace SmartClub.Devices.People;

/// <summary>The places of the demo club.</summary>
public enum Place
{
    Weights,
    Cardio,
    Studio,
    Pool,
}

/// <summary>The readers of the demo club.</summary>
public enum Reader
{
    MainEntrance,
    SecondTurnstile,
    StudioDoor,
    PoolDoor,
    CarParkExit,
}

/// <summary>What is known of somebody's habits.</summary>
/// <param name="Index">Number of the member in the demo club.</param>
/// <param name="UsualHour">The hour around which this person comes.</param>
/// <param name="Weekdays">The weekdays this person prefers; bit 0 is Monday.</param>
/// <param name="Frequency">How often, relative to others.</param>
/// <param name="Places">Where this person goes, the favourite first; never empty.</param>
public sealed record Visitor(
    int Index, int UsualHour, int Weekdays, double Frequency, IReadOnlyList<Place> Places);
