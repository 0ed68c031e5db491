using System.Security.Cryptography;
using System.Text;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views;

/// <summary>
/// Seals single values of views with a key that is not in the database. The nonce comes from the text, so that a view
/// can be compared with its rebuild; what that tells is only that two values are the same.
/// </summary>
public sealed class ViewSeal(ClubKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Closes a value; null stays null.</summary>
    public byte[]? Close(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var clear = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceBytes + TagBytes + clear.Length];
        var nonce = sealedText.AsSpan(0, NonceBytes);
        HMACSHA256.HashData(keys.ViewNonces, clear).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var cipher = new AesGcm(keys.ViewValues, TagBytes);
        cipher.Encrypt(
            nonce, clear, sealedText.AsSpan(NonceBytes + TagBytes), sealedText.AsSpan(NonceBytes, TagBytes));
        return sealedText;
    }

    /// <summary>Opens what <see cref="Close"/> closed.</summary>
    public string? Open(byte[]? sealedText)
    {
        if (sealedText is null)
        {
            return null;
        }

        if (sealedText.Length < NonceBytes + TagBytes)
        {
            throw new AuthenticationTagMismatchException();
        }

        var clear = new byte[sealedText.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(keys.ViewValues, TagBytes);
        cipher.Decrypt(
            sealedText.AsSpan(0, NonceBytes), sealedText.AsSpan(NonceBytes + TagBytes),
            sealedText.AsSpan(NonceBytes, TagBytes), clear);
        return Encoding.UTF8.GetString(clear);
    }
}
