using System.Collections;
using System.Reflection;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Golden;

/// <summary>
/// Makes a record of any type, the same one each time: every field is filled, and with a value that its name decides,
/// so that a new field changes no other.
/// </summary>
internal static class Sample
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);

    public static object Of(Type type) => Make(type, type.Name, 0);

    private static object Make(Type type, string name, int depth)
    {
        var number = Seed(name);
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"{name} é 字 {number % 100}",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => number % 1_000,
            _ when type == typeof(long) => number * 1_000_003L,
            _ when type == typeof(Guid) => CommandId.Of("golden", name).Value,
            _ when type == typeof(CommandId) => CommandId.Of("golden", name),
            _ when type == typeof(DateTimeOffset) => Start.AddSeconds(number),
            _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(number % 3_000),
            _ when type == typeof(TimeOnly) => new TimeOnly(number % 24, number % 60),
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(number % 10_000),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ when type.IsArray => List(type.GetElementType()!, name, depth, array: true),
            _ when IsList(type) => List(type.GetGenericArguments()[0], name, depth, array: false),
            _ => Record(type, name, depth),
        };
    }

    private static object Record(Type type, string name, int depth)
    {
        if (depth > 6)
        {
            throw new InvalidOperationException($"{type} is nested too deeply for a stored record.");
        }

        var constructor = type.GetConstructors().Where(c => !IsCopy(c, type))
            .OrderByDescending(c => c.GetParameters().Length).First();
        var record = constructor.Invoke(
            [.. constructor.GetParameters().Select(p => Make(p.ParameterType, Within(name, p.Name!), depth + 1))]);
        var given = constructor.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties())
        {
            if (property.SetMethod is { IsPublic: true } && !given.Contains(property.Name))
            {
                property.SetValue(record, Make(property.PropertyType, Within(name, property.Name), depth + 1));
            }
        }

        return record;
    }

    // Things in a list differ from each other.
    private static string Within(string name, string field) => name.Contains(' ') ? $"{field} {name[^1]}" : field;

    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [var only] && only.ParameterType == type;

    private static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static object List(Type item, string name, int depth, bool array)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Make(item, name + " 1", depth + 1));
        list.Add(Make(item, name + " 2", depth + 1));
        if (!array)
        {
            return list;
        }

        var made = Array.CreateInstance(item, list.Count);
        list.CopyTo(made, 0);
        return made;
    }

    private static int Seed(string name) =>
        BitConverter.ToUInt16(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));
}
