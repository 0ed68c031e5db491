using SmartClub.Devices;
using SmartClub.Devices.Verbs;

namespace SmartClub.Tests.Devices;

public sealed class ArgumentsTests
{
    [Fact]
    public void Options_AreReadWithTheirRange()
    {
        var arguments = new Arguments(
            ["file.csv", "--speed", "60", "--at", "2015-03-02T06:00", "--url", "http://h:1,http://i:2"]);

        Assert.Equal(["file.csv"], arguments.Plain);
        Assert.Equal(60, arguments.Number("speed", 1, 0, 100));
        Assert.Equal(7, arguments.Whole("seed", 7, 0, 9));
        Assert.Equal(new DateTime(2015, 3, 2, 6, 0, 0), arguments.Time("at"));
        Assert.Equal([new Uri("http://h:1"), new Uri("http://i:2")], arguments.Urls());
        Assert.Throws<DeviceException>(() => arguments.Number("speed", 1, 0, 10));
        Assert.Throws<DeviceException>(() => arguments.Required("state"));
        Assert.Throws<DeviceException>(() => arguments.AllowOnly("speed", "url"));
    }

    [Fact]
    public void Option_WithoutValue_IsRefused() =>
        Assert.Throws<DeviceException>(() => new Arguments(["--state"]));
}
