namespace SmartClub.Devices;

/// <summary>A fault the person at the command line can act on; its message is one clear sentence.</summary>
public sealed class DeviceException : Exception
{
    public DeviceException(string message) : base(message)
    {
    }

    public DeviceException(string message, Exception cause) : base(message, cause)
    {
    }
}
