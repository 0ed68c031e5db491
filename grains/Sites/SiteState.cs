using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites;

/// <summary>A site; others know it through the reference data.</summary>
public sealed class SiteState : IGrainState
{
    /// <summary>Whether it was set up.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened) => Exists |= happened is SiteCreated;
}
