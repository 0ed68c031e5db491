using SmartClub.Agent.Readers;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Verbs;
using SmartClub.Grains.Gates;
using SmartClub.Setup;

namespace SmartClub.Agent.Verbs;

/// <summary>Keeps badges of staff in the door, for <c>--mode staff</c>.</summary>
public static class StaffVerb
{
    /// <summary>Keeps one, as a hash.</summary>
    public static int Run(Arguments arguments, Output output)
    {
        arguments.AllowOnly("state", "name", "value", "format");
        using var store = AgentStore.Open(arguments.Required("state"));
        var key = store.Fact("key") ?? throw new DeviceException($"This door is not enrolled yet.");
        var credential = CredentialFormat.Of(arguments.Text("format") ?? "auto").Read(arguments.Required("value"))
            ?? throw new DeviceException($"The value is not of this format.");
        var listKey = GateListing.ListKey(Convert.FromBase64String(key));
        store.AddStaff(
            GateListing.Hash(listKey, credential.Kind, credential.Value), arguments.Required("name"));
        output.Line(Words.AsWished($"The badge opens this door while it is alone, in --mode staff."));
        return 0;
    }
}
