using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// The files of the web app. Where the build left a packed copy beside a file and the browser can unpack it, the copy
/// is sent: at the end of a slow line that is the difference between seconds and half a minute.
/// </summary>
public static class PackedFiles
{
    // Best first. A browser offers br only where nobody on the way could mistake it: over TLS, or on this machine.
    private static readonly (string Encoding, string Ending)[] Packings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Serves the files below a folder, except pages, which are written anew for every answer.</summary>
    public static void UsePackedFiles(this IApplicationBuilder app, string folder)
    {
        var provider = new PhysicalFileProvider(folder);
        var options = new StaticFileOptions
        {
            FileProvider = provider,
            ContentTypeProvider = new Unpacked(),
            OnPrepareResponse = Prepare,
        };
        app.UseWhen(http => !WebPage.IsPage(http.Request.Path), files =>
        {
            files.Use((http, next) => Choose(http, provider, next));
            files.UseStaticFiles(options);
            files.Use(Restore);
        });
    }

    private static Task Choose(HttpContext http, PhysicalFileProvider provider, RequestDelegate next)
    {
        var path = http.Request.Path;
        if (!Packings.Any(p => IsPacked(path, p.Ending))
            && Packing(http.Request) is { } packing
            && provider.GetFileInfo(path + packing.Ending) is { Exists: true })
        {
            http.Items[typeof(PackedFiles)] = (path, packing.Encoding);
            http.Request.Path = path + packing.Ending;
        }

        return next(http);
    }

    // Nothing was served: whoever comes next sees the path that was asked for.
    private static Task Restore(HttpContext http, RequestDelegate next)
    {
        if (http.Items.Remove(typeof(PackedFiles), out var chosen))
        {
            http.Request.Path = (((PathString Path, string Encoding))chosen!).Path;
        }

        return next(http);
    }

    private static (string Encoding, string Ending)? Packing(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var packing in Packings)
        {
            if (accepted.Any(a => a.Value.Equals(packing.Encoding, StringComparison.OrdinalIgnoreCase)
                && a.Quality is not 0))
            {
                return packing;
            }
        }

        return null;
    }

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        if (file.Context.Items[typeof(PackedFiles)] is (PathString, string encoding))
        {
            headers.ContentEncoding = encoding;
        }

        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);

        // Built files carry a hash in their name; everything else is asked for anew.
        var isHashed = file.Context.Request.Path.StartsWithSegments("/assets");
        headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private static bool IsPacked(PathString path, string ending) =>
        path.Value?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A packed file has the type of what is in it.</summary>
    private sealed class Unpacked : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider types = new()
        {
            Mappings = { [".webmanifest"] = "application/manifest+json" },
        };

        public bool TryGetContentType(string subpath, out string contentType)
        {
            var packing = Packings.FirstOrDefault(p => IsPacked(subpath, p.Ending));
            var name = packing.Ending is { } ending ? subpath[..^ending.Length] : subpath;
            return types.TryGetContentType(name, out contentType!);
        }
    }
}
