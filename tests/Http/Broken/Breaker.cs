using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartClub.Tests.Http.Broken;

/// <summary>What requests may name: things that exist, and that may be spoilt.</summary>
internal sealed record Known(string Token, GateDevice Gate, IReadOnlyDictionary<string, string> Ids);

/// <summary>Makes broken requests by a seed, for the endpoints there are.</summary>
internal sealed partial class Breaker(int seed, IReadOnlyList<Target> targets, Known known)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
    private bool isBelowHttp;

    public BrokenRequest Next()
    {
        headers.Clear();
        isBelowHttp = false;
        var target = targets[random.Next(targets.Count)];
        var method = Chance(8) ? Pick(Oddities.Methods) : target.Method;
        isBelowHttp |= method is "CONNECT" or "get" or "X";
        var path = Path(target);
        var body = method is "GET" or "HEAD" && !Chance(20) ? [] : Body(target);
        headers["Host"] = "club.local";
        var isSignedIn = SignIn(target, path);
        if (body.Length > 0 || method == "POST")
        {
            headers["Content-Type"] = Chance(10) ? Pick(Oddities.ContentTypes) : "application/json";
            headers["Content-Length"] = body.Length.ToString(CultureInfo.InvariantCulture);
        }

        Sign(target, method, path, body);
        if (Chance(30))
        {
            headers["Accept-Language"] = Chance(2) ? "en" : "fr";
        }

        BreakHeaders(target);
        var isCut = body.Length > 1 && Chance(100) && headers.ContainsKey("Content-Length");
        var language = headers.GetValueOrDefault("Accept-Language");
        return new BrokenRequest(method, path, Write(method, path, isCut ? body[..^1] : body), language)
        {
            IsBelowHttp = isBelowHttp,
            IsCut = isCut,
            IsForHub = isSignedIn && path.StartsWith("/hubs/live", StringComparison.Ordinal),
        };
    }

    private string Path(Target target)
    {
        var path = Parameter().Replace(target.Path, match =>
        {
            if (known.Ids.TryGetValue(match.Groups[1].Value, out var id) && !Chance(4))
            {
                return id;
            }

            isBelowHttp = true;
            return Pick(Oddities.Segments);
        });
        if (Chance(20))
        {
            isBelowHttp = true;
            path += "/" + Pick(Oddities.Segments);
        }

        if (Chance(8))
        {
            path += "?" + Pick(Oddities.Queries);
        }

        // The server takes a first line of 8 KiB.
        return Chance(500) ? path + "?q=" + new string('a', 7_000) : path;
    }

    private byte[] Body(Target target)
    {
        if (Chance(10))
        {
            return Oddities.Body(random);
        }

        if (Chance(300))
        {
            return Encoding.UTF8.GetBytes("{\"name\":\"" + new string('a', random.Next(60_000, 700_000)) + "\"}");
        }

        var text = Placeholder().Replace(target.Template, m => known.Ids.GetValueOrDefault(m.Groups[1].Value, "x"));
        if (text.Length == 0)
        {
            return Chance(3) ? Oddities.Body(random) : [];
        }

        var scalars = Scalar().Matches(text);
        var scalar = scalars[random.Next(scalars.Count)];
        switch (random.Next(5))
        {
            case 0:
                return Encoding.UTF8.GetBytes(text[..random.Next(text.Length)]);
            case 1:
                // The same property once more, with another value.
                return Encoding.UTF8.GetBytes(
                    text[..^1] + "," + Property().Match(text).Value + Pick(Oddities.Values) + "}");
            case 2:
                var bytes = Encoding.UTF8.GetBytes(text).ToList();
                bytes.InsertRange(scalar.Index + Math.Min(1, scalar.Length), Pick(Oddities.Bytes));
                return [.. bytes];
            default:
                return Encoding.UTF8.GetBytes(
                    text[..scalar.Index] + Pick(Oddities.Values) + text[(scalar.Index + scalar.Length)..]);
        }
    }

    // Signing out for good would leave nothing to break behind the door.
    private bool SignIn(Target target, string path)
    {
        if (Chance(10) || target.IsOfGates || path.Contains("logout", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        headers["Authorization"] = $"Bearer {known.Token}";
        return true;
    }

    private void Sign(Target target, string method, string path, byte[] body)
    {
        if (!target.IsOfGates || Chance(10))
        {
            return;
        }

        foreach (var (name, value) in known.Gate.Headers(method, path, body, new Signed()))
        {
            headers[name] = value;
        }
    }

    private void BreakHeaders(Target target)
    {
        if (!Chance(target.IsOfGates ? 6 : 3))
        {
            return;
        }

        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var name = Pick(Oddities.Headers);
            var value = Pick(Oddities.HeaderValues);
            isBelowHttp |= name is "Content-Length" or "Transfer-Encoding" or "Expect" or "Upgrade"
                || value.Any(c => c < ' ' || c > '~');
            headers[name] = value;
        }
    }

    private byte[] Write(string method, string path, byte[] body)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("<([a-z]+)>")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?<=[:\[,])("[^"]*"(?!:)|-?\d+|true|false|null)""")]
    private static partial Regex Scalar();

    [GeneratedRegex("\"[a-zA-Z]+\":")]
    private static partial Regex Property();
}
