using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>
/// All that the feature "alerts" owns. The alerts of a site are one grain, so that each is open only once.
/// </summary>
public static class AlertsModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "alerts",
        [
            new GrainDefinition<AlertBookState>(kind: 30, "alerts")
                .Command<RaiseAlert, Done>("alert.raise", AlertRules.Decide)
                .Command<SettleAlert, Done>("alert.settle", AlertRules.Decide)
                .Command<TakeAlert, Done>("alert.take", AlertRules.Decide)
                .Command<SnoozeAlert, Done>("alert.snooze", AlertRules.Decide)
                .Command<ResolveAlert, Done>("alert.resolve", AlertRules.Decide)
                .Command<EscalateAlert, Done>("alert.escalate", AlertRules.Decide)
                .Command<WakeAlert, Done>("alert.wake", AlertRules.Decide)
                .Event<AlertOpened>("alert.opened.v1")
                .Event<AlertRepeated>("alert.repeated.v1")
                .Event<AlertTaken>("alert.taken.v1")
                .Event<AlertSnoozed>("alert.snoozed.v1")
                .Event<AlertWoke>("alert.woke.v1")
                .Event<AlertEscalated>("alert.escalated.v1")
                .Event<AlertResolved>("alert.resolved.v1"),
        ],
        [new AlertView()],
        [typeof(AlertRefusal)]);
}
