using System.Security.Cryptography;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Journal;

/// <summary>A hash that is kept ready gives what one made for the purpose gives, whoever else uses the key.</summary>
public sealed class KeyedHashTests
{
    [Fact]
    public void Compute_GivesTheHmac_ForManyAtOnce()
    {
        var keys = Enumerable.Range(1, 4).Select(n => RandomNumberGenerator.GetBytes(n * 16)).ToList();
        Parallel.For(0, 4_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var key = keys[number % keys.Count];
            var text = new byte[number % 300];
            new Random(number).NextBytes(text);
            var digest = new byte[32];
            KeyedHash.Compute(key, text, digest);
            Assert.Equal(HMACSHA256.HashData(key, text), digest);
        });
    }

    [Fact]
    public void Compute_DependsOnTheKeysBytesAlone()
    {
        byte[] one = [1, 2, 3], same = [1, 2, 3], other = [1, 2, 4];
        byte[] first = new byte[32], second = new byte[32], third = new byte[32];
        KeyedHash.Compute(one, "text"u8, first);
        KeyedHash.Compute(same, "text"u8, second);
        KeyedHash.Compute(other, "text"u8, third);
        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
    }
}
