using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace SmartClub.Silo.Journal;

/// <summary>
/// The club's secrets, in files of mode 0600 in the data folder and nowhere else: a master key from which all
/// symmetric keys are derived, and the key that signs the journal's head.
/// </summary>
public sealed class ClubKeys : IDisposable
{
    private const int KeyBytes = 32;
    private static readonly BigInteger OrderOfP256 = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    private readonly byte[] master;

    private ClubKeys(byte[] master, ECDsa headSigning, string folder)
    {
        this.master = master;
        HeadSigning = headSigning;
        Folder = folder;
        ContentHash = Derive("content-hash");
        CredentialIndex = Derive("credential-index");
        StaffIndex = Derive("staff-index");
        Snapshots = Derive("snapshots");
        PersonWrap = Derive("person-wrap");
        Antiforgery = Derive("antiforgery");
        ViewValues = Derive("view-values");
        ViewNonces = Derive("view-nonces");
        EnrolmentCodes = Derive("enrolment-codes");
        ListSigning = DeriveSigning("list-signing");
        SignIn = Derive("sign-in");
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>Signs the journal's head.</summary>
    public ECDsa HeadSigning { get; }

    /// <summary>Keys the hash of a command's content, so that a dump does not let anyone guess it.</summary>
    public byte[] ContentHash { get; }

    /// <summary>Keys the hash that stands for a badge or code.</summary>
    public byte[] CredentialIndex { get; }

    /// <summary>Keys the hash that stands for a staff e-mail address.</summary>
    public byte[] StaffIndex { get; }

    /// <summary>Seals the snapshots of grains that are not persons.</summary>
    public byte[] Snapshots { get; }

    /// <summary>Wraps the keys of persons.</summary>
    public byte[] PersonWrap { get; }

    /// <summary>Derives antiforgery tokens from sessions.</summary>
    public byte[] Antiforgery { get; }

    /// <summary>Seals single values of views.</summary>
    public byte[] ViewValues { get; }

    /// <summary>Makes the nonces of sealed values.</summary>
    public byte[] ViewNonces { get; }

    /// <summary>Makes the codes by which devices become gates, and the hashes that stand for them.</summary>
    public byte[] EnrolmentCodes { get; }

    /// <summary>Signs the lists by which gates decide alone. Every silo with this master key has the same.</summary>
    public ECDsa ListSigning { get; }

    /// <summary>Derives the codes and links of sign-in mails, so that they stand nowhere but in the mail.</summary>
    public byte[] SignIn { get; }

    /// <summary>Tells clubs apart without telling anything of this one.</summary>
    public string Club =>
        Convert.ToHexStringLower(SHA256.HashData(HeadSigning.ExportSubjectPublicKeyInfo()).AsSpan(0, 16));

    /// <summary>Seals one backup, which has this salt.</summary>
    public byte[] ForBackup(byte[] salt) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, KeyBytes, salt, Encoding.UTF8.GetBytes("smartclub/backup"));

    /// <summary>Reads the keys of a data folder; a new folder gets new ones.</summary>
    public static ClubKeys Open(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "keys");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var masterFile = Path.Combine(folder, "master.key");
        if (!File.Exists(masterFile) && File.Exists(Path.Combine(folder, "journal-head.json")))
        {
            throw new RefusesToRunException($"The master key (keys/master.key) is gone. Restore the keys folder.");
        }

        var master = ReadOrCreate(masterFile, () => RandomNumberGenerator.GetBytes(KeyBytes));
        var signing = ECDsa.Create();
        try
        {
            signing.ImportPkcs8PrivateKey(
                ReadOrCreate(Path.Combine(folder, "head-signing.key"), () =>
                {
                    using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                    return fresh.ExportPkcs8PrivateKey();
                }),
                out _);
        }
        catch (CryptographicException)
        {
            throw new RefusesToRunException($"The key keys/head-signing.key is damaged. Restore the keys folder.");
        }

        if (master.Length != KeyBytes)
        {
            throw new RefusesToRunException($"The key keys/master.key is damaged. Restore the keys folder.");
        }

        return new ClubKeys(master, signing, folder);
    }

    /// <summary>A keyed 128-bit name for a text that must not be readable from the name.</summary>
    public static Guid Name(byte[] key, params ReadOnlySpan<string> words)
    {
        // The words are joined by a separator that no word can hold.
        Span<byte> text = stackalloc byte[512];
        var bytes = string.Join('\u001f', words!) is var joined
            && Encoding.UTF8.TryGetBytes(joined, text, out var length)
            ? text[..length]
            : Encoding.UTF8.GetBytes(joined);
        Span<byte> digest = stackalloc byte[32];
        KeyedHash.Compute(key, bytes, digest);
        return new Guid(digest[..16], bigEndian: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(master);
        HeadSigning.Dispose();
        ListSigning.Dispose();
    }

    /// <summary>
    /// Writes a file whole or not at all, readable by its owner only, and on the disk when it returns.
    /// </summary>
    public static void WriteFile(string path, ReadOnlySpan<byte> content)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static byte[] ReadOrCreate(string path, Func<byte[]> create)
    {
        if (!File.Exists(path))
        {
            WriteFile(path, create());
        }

        return File.ReadAllBytes(path);
    }

    private byte[] Derive(string purpose) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, master, KeyBytes, info: Encoding.UTF8.GetBytes("smartclub/" + purpose));

    // A number below the order of the curve, from so many more bits that no number is likelier than another.
    private ECDsa DeriveSigning(string purpose)
    {
        var seed = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, master, KeyBytes + 16, info: Encoding.UTF8.GetBytes("smartclub/" + purpose));
        var number = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (OrderOfP256 - 1)) + 1;
        var secret = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = [.. new byte[KeyBytes - secret.Length], .. secret],
        });
    }
}
