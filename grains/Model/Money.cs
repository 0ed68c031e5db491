namespace SmartClub.Grains.Model;

/// <summary>An amount in integer minor units (cents; for CDF centimes) with its ISO 4217 currency.</summary>
public readonly record struct Money(long Amount, string Currency)
{
    /// <summary>The currencies that a club can price in.</summary>
    public static readonly IReadOnlySet<string> Currencies = new HashSet<string> { "USD", "CDF", "EUR" };
}
