using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates;

/// <summary>
/// All that the feature "gates" owns. A gate's snapshots are sealed like a person's: they hold its key.
/// </summary>
public static class GatesModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "gates",
        [
            new GrainDefinition<GateState>(kind: 6, "gate", isPerson: true)
                .Command<CreateGate, Created<GateTag>>("gate.create", GateRules.Decide)
                .Command<ReplaceGateKey, GateKeyReplaced>("gate.replace_key", GateRules.Decide)
                .Command<DisableGate, Done>("gate.disable", GateRules.Decide)
                .Command<EnableGate, Done>("gate.enable", GateRules.Decide)
                .Command<ReportGateEvents, GateEventsAcked>("gate.report_events", GateReportRules.Decide)
                .Command<ReportSilence, Done>("gate.report_silence", GateRules.Decide)
                .Command<ReportReturn, Done>("gate.report_return", GateRules.Decide)
                .Event<GateCreated>("gate.created.v1")
                .Event<GateKeyChanged>("gate.key_changed.v1")
                .Event<GateDisabled>("gate.disabled.v1")
                .Event<GateEnabled>("gate.enabled.v1")
                .Event<GateEventsTakenOver>("gate.events_taken_over.v1")
                .Event<DoorForced>("gate.door_forced.v1")
                .Event<DoorHeldOpen>("gate.door_held_open.v1")
                .Event<TamperDetected>("gate.tamper_detected.v1")
                .Event<FireAlarmRaised>("gate.fire_alarm_raised.v1")
                .Event<UnknownOfflineAccess>("gate.unknown_offline_access.v1")
                .Event<GateFellSilent>("gate.fell_silent.v1")
                .Event<GateReturned>("gate.returned.v1"),
        ],
        [new GateView()],
        [typeof(GateRefusal)]);
}
