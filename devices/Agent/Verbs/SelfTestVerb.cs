using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Verbs;
using SmartClub.Setup;

namespace SmartClub.Agent.Verbs;

/// <summary>Tries every part of a door, for whoever has just screwed it to the wall.</summary>
public static class SelfTestVerb
{
    /// <summary>Says of each part whether it works; 0 if all do.</summary>
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("state", "relay", "trust");
        using var store = AgentStore.Open(arguments.Required("state"));
        var isGood = Say(output, $"store", store.IsSound(), $"the file agent.db is damaged: enrol anew");
        using var relay = RelayChoice.Of(arguments.Text("relay") ?? "console", output, clock);
        isGood &= Say(output, $"relay", await Click(relay, stop), $"the relay does not answer");
        var isEnrolled = Say(output, $"enrolled", store.Fact("identity") is not null, $"call enrol with a code");
        if (!isEnrolled)
        {
            return 1;
        }

        using var host = new AgentHost(store, RunVerb.Network(arguments), relay, default, _ => { }, clock);
        var isThere = Say(
            output, $"silo", await host.Touch(stop),
            host.Link.IsRefused
                ? (FormattableString)$"the club does not know this key any more: enrol anew"
                : $"no silo answers");
        isGood &= isThere;
        if (isThere)
        {
            isGood &= Say(output, $"list", await host.Lists.Sync(stop), $"the list is not signed by this club");
            var skew = (host.Link.Now - clock.GetUtcNow()).Duration();
            isGood &= Say(
                output, $"clock", skew < TimeSpan.FromSeconds(30),
                $"the clock is {skew.TotalSeconds:0} s off: set NTP");
        }

        var list = host.List;
        output.Line(Words.AsWished(
            $"list: {list.Count} rights, version {list.Version}; waiting: {store.QueueLength}"));
        return isGood ? 0 : 1;
    }

    private static async Task<bool> Click(IRelay relay, CancellationToken stop)
    {
        try
        {
            await relay.Open(TimeSpan.FromMilliseconds(200), stop);
            await relay.Close();
            return true;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or UnauthorizedAccessException
            or TaskCanceledException)
        {
            return false;
        }
    }

    private static bool Say(Output output, FormattableString part, bool isGood, FormattableString otherwise)
    {
        output.Line(isGood ? Words.AsWished($"ok    {part}") : Words.AsWished($"FAIL  {part}: {otherwise}"));
        return isGood;
    }
}
