using SmartClub.Setup;

namespace SmartClub.Devices;

/// <summary>A fault the person at the command line can act on; its message is one clear sentence.</summary>
public sealed class DeviceException : Exception
{
    public DeviceException(FormattableString sentence, Exception? cause = null)
        : base(Words.English(sentence), cause) => Sentence = sentence;

    /// <summary>What is said to that person.</summary>
    public FormattableString Sentence { get; }
}
