using Microsoft.Playwright;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Browser;

#pragma warning disable RS0030 // This is what bounds it.
/// <summary>Questions to a page. A page that hangs never answers: it is not waited for without end.</summary>
internal static class Asking
{
    /// <summary>Runs the script in the page; what it returns, or its promise brings.</summary>
    public static Task<T> Ask<T>(this IPage page, string script, object? argument = null) =>
        Bounded(page.EvaluateAsync<T>(script, argument), script);

    /// <summary>Runs the script in the page, to the end of its promise.</summary>
    public static Task Ask(this IPage page, string script, object? argument = null) =>
        Bounded(page.EvaluateAsync(script, argument), script);

    private static Task<T> Bounded<T>(Task<T> answer, string script) =>
        answer.Happens("the page answers " + script[..Math.Min(script.Length, 200)]);
}
