using System.Text;

namespace SmartClub.Tests.Http.Broken;

/// <summary>One request, and what may be expected of it.</summary>
internal sealed record BrokenRequest(string Method, string Target, byte[] Bytes, string? Language)
{
    /// <summary>It is no HTTP any more: the server may answer it without a word, below our program.</summary>
    public bool IsBelowHttp { get; init; }

    /// <summary>Fewer bytes than announced.</summary>
    public bool IsCut { get; init; }

    /// <summary>It speaks to the hub's own protocol, which has its own answers.</summary>
    public bool IsForHub { get; init; }

    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(Bytes);
        return text.Length <= 1_500 ? text : text[..1_500] + $"... ({text.Length} bytes)";
    }
}

/// <summary>An endpoint as requests are made for it.</summary>
/// <param name="Method">One of its methods.</param>
/// <param name="Path">Its path, with parameters in braces.</param>
/// <param name="Template">A body that it would take, with ids in angle brackets.</param>
internal sealed record Target(string Method, string Path, string Template)
{
    public bool IsOfGates => Path.StartsWith("/api/gates/v1/", StringComparison.Ordinal);
}
