using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Devices.Club;

public enum PlanName
{
    Premium,
    Standard,
    OffPeak,
    TenVisits,
}

public enum Standing
{
    Active,
    Expired,
    NotStarted,
    Unpaid,
    NearlyUsed,
    Suspended,
}

/// <summary>One invented member: who, which membership, which badges, which habits.</summary>
public sealed record MemberPlan(
    int Index, string FirstName, string LastName, string? Email, string? Phone, PlanName Plan, Standing Standing,
    int StartsInDays, IReadOnlyList<Credential> Credentials, Visitor Habits)
{
    private const int NearlyUsedMax = 8;

    /// <summary>The same members for the same seed and tag; the tag keeps badges of two demo clubs apart.</summary>
    public static IReadOnlyList<MemberPlan> Draw(int count, int seed, string tag, ArrivalTable table)
    {
        var random = new Random(seed);
        var hours = Enumerable.Range(0, 24)
            .Select(hour => Enumerable.Range(0, 7).Sum(weekday => table.Entries[weekday][hour])).ToArray();
        var nearlyUsed = 0;
        var members = new List<MemberPlan>(count);
        for (var index = 0; index < count; index++)
        {
            var standing = DrawStanding(random);
            if (standing == Standing.NearlyUsed && ++nearlyUsed > NearlyUsedMax)
            {
                standing = Standing.Active;
            }

            members.Add(DrawOne(index, standing, random, tag, hours));
        }

        return members;
    }

    private static MemberPlan DrawOne(int index, Standing standing, Random random, string tag, int[] hours)
    {
        var (first, last) = Names.Draw(index, random);
        var plan = standing == Standing.NearlyUsed ? PlanName.TenVisits : DrawPlan(random);
        var days = plan == PlanName.Premium ? 365 : 90;
        var startsInDays = standing switch
        {
            Standing.Expired => -days - random.Next(3, 60),
            Standing.NotStarted => random.Next(2, 30),
            _ => -random.Next(1, days - 5),
        };
        var email = random.NextDouble() < 0.5 ? $"membre{index + 1:000}.{tag}@example.com" : null;
        var phone = random.NextDouble() < 0.8 ? $"+24370{random.Next(1_000_000, 9_999_999)}" : null;
        return new MemberPlan(
            index, first, last, email, phone, plan, standing, startsInDays, DrawCredentials(index, random, tag),
            DrawHabits(index, plan, standing, random, hours));
    }

    private static Standing DrawStanding(Random random) => random.Next(100) switch
    {
        < 80 => Standing.Active,
        < 87 => Standing.Expired,
        < 91 => Standing.NotStarted,
        < 95 => Standing.Unpaid,
        < 98 => Standing.NearlyUsed,
        _ => Standing.Suspended,
    };

    private static PlanName DrawPlan(Random random) => random.Next(100) switch
    {
        < 45 => PlanName.Premium,
        < 75 => PlanName.Standard,
        < 90 => PlanName.OffPeak,
        _ => PlanName.TenVisits,
    };

    private static Credential[] DrawCredentials(int index, Random random, string tag)
    {
        var badge = new Credential("rfid", $"04{tag.ToUpperInvariant()}{index:X4}{random.Next(256):X2}");
        var code = new Credential("qr", $"DEMO-{tag}-{index:0000}-{random.Next(10_000):0000}");
        return random.Next(10) switch
        {
            < 7 => [badge],
            < 9 => [badge, code],
            _ => [code],
        };
    }

    private static Visitor DrawHabits(int index, PlanName plan, Standing standing, Random random, int[] hours)
    {
        // People whose pass does not let them in come, too, but less often.
        var willingness = standing is Standing.Active or Standing.NearlyUsed ? 1.0 : 0.3;
        var frequency = willingness * (0.2 + Math.Pow(random.NextDouble(), 2));
        var weekdays = random.Next(1, 32) | random.Next(1, 32) | (random.Next(4) << 5);
        var hour = DrawHour(random, hours);
        if (plan == PlanName.OffPeak && random.NextDouble() < 0.9)
        {
            hour = Math.Clamp(hour, 9, 16);
        }

        Place[] places = plan switch
        {
            PlanName.Premium => Favourite(random, Place.Weights, Place.Cardio, Place.Studio, Place.Pool),
            PlanName.Standard => Favourite(random, Place.Weights, Place.Cardio),
            PlanName.OffPeak => Favourite(random, Place.Weights, Place.Cardio, Place.Pool),
            _ => Favourite(random, Place.Cardio, Place.Weights),
        };
        return new Visitor(index, hour, weekdays, frequency, places);
    }

    private static int DrawHour(Random random, int[] hours)
    {
        var drawn = random.Next(hours.Sum());
        var hour = 0;
        while (drawn >= hours[hour])
        {
            drawn -= hours[hour++];
        }

        return hour;
    }

    /// <summary>Most prefer the first; the others are favourites of some.</summary>
    private static Place[] Favourite(Random random, params Place[] places)
    {
        var favourite = random.NextDouble() < 0.6 ? 0 : random.Next(places.Length);
        (places[0], places[favourite]) = (places[favourite], places[0]);
        return places;
    }
}
