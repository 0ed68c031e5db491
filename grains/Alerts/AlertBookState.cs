using System.Text.Json.Serialization;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>An alert that has not ended.</summary>
public sealed record OpenAlert(
    AlertId Id, AlertKind Kind, GateId? GateId, MemberId? MemberId, DateTimeOffset LastAt, int Count,
    AlertLevel Level, string? Owner, DateTimeOffset? SnoozedUntil);

/// <summary>What is wrong at a site at present; what has ended is in the view.</summary>
public sealed class AlertBookState : IGrainState
{
    /// <summary>The open alerts, oldest first.</summary>
    [JsonInclude]
    public OpenAlert[] Alerts { get; private set; } = [];

    /// <summary>The open alert with this id, or null.</summary>
    public OpenAlert? Find(AlertId id) => Array.Find(Alerts, a => a.Id == id);

    /// <summary>The open alert of this kind and subject, or null.</summary>
    public OpenAlert? Find(AlertKind kind, GateId? gate, MemberId? member) =>
        Array.Find(Alerts, a => a.Kind == kind && a.GateId == gate && a.MemberId == member);

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case AlertOpened e:
                Alerts = [.. Alerts, new OpenAlert(
                    e.AlertId, e.Kind, e.GateId, e.MemberId, e.At, e.Count, AlertLevel.Desk, null, null)];
                break;
            case AlertRepeated e:
                Set(e.AlertId, a => a with { LastAt = e.At, Count = e.Count });
                break;
            case AlertTaken e:
                Set(e.AlertId, a => a with { Owner = e.Owner, SnoozedUntil = null });
                break;
            case AlertSnoozed e:
                Set(e.AlertId, a => a with { SnoozedUntil = e.Until });
                break;
            case AlertWoke e:
                Set(e.AlertId, a => a with { SnoozedUntil = null });
                break;
            case AlertEscalated e:
                Set(e.AlertId, a => a with { Level = e.Level });
                break;
            case AlertResolved e:
                Alerts = Array.FindAll(Alerts, a => a.Id != e.AlertId);
                break;
        }
    }

    private void Set(AlertId id, Func<OpenAlert, OpenAlert> change) =>
        Alerts = Array.ConvertAll(Alerts, a => a.Id == id ? change(a) : a);
}
