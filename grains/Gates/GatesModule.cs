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
            new GrainDefinition<GateState>(kind: 6, "gate", stateVersion: 4, isPerson: true)
                .Command<CreateGate, Created<GateTag>>("gate.create", GateRules.Decide)
                .Command<ChangeGate, Done>("gate.change", GateRules.Decide)
                .Command<ReplaceGateKey, GateKeyReplaced>("gate.replace_key", GateRules.Decide)
                .Command<DisableGate, Done>("gate.disable", GateRules.Decide)
                .Command<EnableGate, Done>("gate.enable", GateRules.Decide)
                .Command<ReportGateEvents, GateEventsAcked>("gate.report_events", GateReportRules.Decide)
                .Command<OpenEnrolment, EnrolmentOpened>("gate.open_enrolment", GateKeyRules.Decide)
                .Command<EnrolGate, GateKeyReplaced>("gate.enrol", GateKeyRules.Decide)
                .Command<PrepareGateKey, GateKeyReplaced>("gate.prepare_key", GateKeyRules.Decide)
                .Command<ConfirmGateKey, Done>("gate.confirm_key", GateKeyRules.Decide)
                .Command<OrderGate, GateOrderOpened>("gate.order", GateOrderRules.Decide)
                .Command<DirectGate, GateOrderOpened>("gate.direct", GateOrderRules.Decide)
                .Command<AnswerGateOrder, Done>("gate.answer_order", GateOrderRules.Decide)
                .Command<ExpireGateOrder, Done>("gate.expire_order", GateOrderRules.Decide)
                .Command<ReportDoorEvents, GateEventsAcked>("gate.report_door_events", GateReportRules.Decide)
                .Command<ReportSilence, Done>("gate.report_silence", GateRules.Decide)
                .Command<ReportReturn, Done>("gate.report_return", GateRules.Decide)
                .Event<GateCreated>("gate.created.v1")
                .Event<GateChanged>("gate.changed.v1")
                .Event<GateKeyChanged>("gate.key_changed.v1")
                .Event<GateEnrolmentOpened>("gate.enrolment_opened.v1")
                .Event<GateEnrolled>("gate.enrolled.v1")
                .Event<GateKeyPrepared>("gate.key_prepared.v1")
                .Event<GateOrderGiven>("gate.order_given.v1")
                .Event<GateOrderAnswered>("gate.order_answered.v1")
                .Event<GateOrderExpired>("gate.order_expired.v1")
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
        [new GateView(), new GateOrderView()],
        [typeof(GateRefusal)]);
}
