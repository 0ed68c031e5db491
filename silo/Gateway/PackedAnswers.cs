using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// What people read is packed on its way: a page of a long list is a tenth of itself then, and a club behind a slow
/// line sees it seconds earlier.
/// </summary>
public static class PackedAnswers
{
    private static readonly string[] Kinds = ["application/json", "text/csv"];

    // A secret beside words that a stranger chose could be guessed from the length of the packed answer. Answers about
    // log-ins hold secrets; all others are not given to who has only been sent here by another site.
    private static readonly PathString[] Unpacked = ["/api/auth", "/api/me", "/api/account", "/api/gates"];

    /// <summary>Makes ready what packs.</summary>
    public static void AddPackedAnswers(this IServiceCollection services)
    {
        services.AddResponseCompression(packing =>
        {
            packing.EnableForHttps = true;
            packing.MimeTypes = Kinds;
            packing.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Packs answers to reading calls of browsers.</summary>
    public static void UsePackedAnswers(this IApplicationBuilder app) => app.UseWhen(
        http => HttpMethods.IsGet(http.Request.Method)
            && http.Request.Path.StartsWithSegments("/api")
            && !Unpacked.Any(area => http.Request.Path.StartsWithSegments(area)),
        answers => answers.UseResponseCompression());
}
