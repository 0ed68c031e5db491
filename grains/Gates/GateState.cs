using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates;

/// <summary>A gate's device: its key, its event counter, its health.</summary>
public sealed class GateState : IGrainState
{
    /// <summary>Whether it was set up.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>The secret that signs its requests, base64; null once it was destroyed.</summary>
    [JsonInclude]
    public string? Key { get; private set; }

    /// <summary>Number of the key, from 1.</summary>
    [JsonInclude]
    public int KeyVersion { get; private set; }

    /// <summary>Counter of the last event taken over under this key.</summary>
    [JsonInclude]
    public long LastEvent { get; private set; }

    /// <summary>Whether it may grant no entries.</summary>
    [JsonInclude]
    public bool IsDisabled { get; private set; }

    /// <summary>Whether it missed its beats.</summary>
    [JsonInclude]
    public bool IsSilent { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case GateCreated created:
                Exists = true;
                Key = created.Key;
                KeyVersion = 1;
                break;
            case GateKeyChanged changed:
                Key = changed.Key;
                KeyVersion = changed.KeyVersion;
                LastEvent = 0;
                break;
            case GateEventsTakenOver taken:
                LastEvent = taken.Through;
                break;
            case GateDisabled:
                IsDisabled = true;
                break;
            case GateEnabled:
                IsDisabled = false;
                break;
            case GateFellSilent:
                IsSilent = true;
                break;
            case GateReturned:
                IsSilent = false;
                break;
        }
    }
}
