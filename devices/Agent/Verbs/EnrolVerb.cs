using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Verbs;
using SmartClub.Setup;

namespace SmartClub.Agent.Verbs;

/// <summary>Makes this box a door.</summary>
public static class EnrolVerb
{
    /// <summary>Exchanges the code.</summary>
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("state", "url", "code", "trust");
        using var store = AgentStore.Open(arguments.Required("state"));
        var addresses = string.Join(',', arguments.Urls().Select(url => url.ToString()));
        using var network = RunVerb.Network(arguments);
        var door = await Enrol.Run(store, network, addresses, arguments.Required("code"), clock, stop);
        output.Line(Words.AsWished($"This box is the door {door.Name} ({door.Id})."));
        return 0;
    }
}
