using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SmartClub.Grains.Members.Commands;

namespace SmartClub.Silo.Media;

/// <summary>
/// Makes photos small and square and takes away what cameras write into them (place, time, device), with libvips'
/// own program. The content is looked at first: neither a file's name nor what its sender says counts.
/// </summary>
public sealed partial class Pictures(SiloSettings settings) : IDisposable
{
    // Each picture takes a processor for a while; more at once would only be slower.
    private readonly SemaphoreSlim turns = new(2);

    /// <summary>What a content is, by its first bytes; null: nothing that is kept here.</summary>
    public static FileKind? KindOf(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileKind.Jpeg
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? FileKind.Png
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? FileKind.Webp
        : content.StartsWith("%PDF-"u8) ? FileKind.Pdf
        : null;

    /// <summary>The media type that a kind is served with.</summary>
    public static string MediaType(FileKind kind) => kind switch
    {
        FileKind.Jpeg => "image/jpeg",
        FileKind.Png => "image/png",
        FileKind.Webp => "image/webp",
        _ => "application/pdf",
    };

    /// <summary>The picture as it is kept: a square JPEG with nothing else in it; null where it is none.</summary>
    public async Task<byte[]?> Square(byte[] content, CancellationToken cancel)
    {
        if (KindOf(content) is null or FileKind.Pdf)
        {
            return null;
        }

        await turns.WaitAsync(cancel);
        var folder = Directory.CreateTempSubdirectory("smartclub-photo-").FullName;
        try
        {
            var from = Path.Combine(folder, "in");
            var to = Path.Combine(folder, "out.jpg");
            await File.WriteAllBytesAsync(from, content, cancel);
            if (!await IsSmallEnough(from, cancel))
            {
                return null;
            }

            var size = string.Create(CultureInfo.InvariantCulture, $"{Limits.PhotoSide}x{Limits.PhotoSide}");
            var (code, _) = await Run(
                "vipsthumbnail",
                [from, "--size", size, "--smartcrop", "attention", "-o", $"{to}[Q=85,strip,optimize_coding]"], cancel);
            return code == 0 && File.Exists(to) ? await File.ReadAllBytesAsync(to, cancel) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    // A few kilobytes can unfold into gigabytes: the header is read before the picture.
    private async Task<bool> IsSmallEnough(string file, CancellationToken cancel)
    {
        var (code, said) = await Run("vipsheader", [file], cancel);
        var size = Size().Match(said);
        return code == 0 && size.Success
            && long.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            * long.Parse(size.Groups[2].ValueSpan, CultureInfo.InvariantCulture) <= Limits.PhotoPixels;
    }

    private async Task<(int Code, string Said)> Run(string program, string[] arguments, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Limits.PictureWait);
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings.DataFolder,
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            throw new PicturesAwayException();
        }

        try
        {
            var quiet = process.StandardError.ReadToEndAsync(patience.Token);
            var said = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await quiet;
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill();
            return (-1, "");
        }
    }

    [GeneratedRegex(@": (\d{1,9})x(\d{1,9}) ")]
    private static partial Regex Size();
}

/// <summary>The program that makes pictures small is not installed on this machine.</summary>
public sealed class PicturesAwayException : Exception;
