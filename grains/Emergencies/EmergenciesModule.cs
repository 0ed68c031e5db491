using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Emergencies;

/// <summary>
/// All that the feature "emergencies" owns. Its snapshots are sealed: they hold why somebody called for help.
/// </summary>
public static class EmergenciesModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "emergencies",
        [
            new GrainDefinition<EmergencyState>(kind: 31, "emergency", stateVersion: 2, isPerson: true)
                .Command<BeginEvacuation, Done>("emergency.begin_evacuation", EmergencyRules.Decide)
                .Command<EndEvacuation, Done>("emergency.end_evacuation", EmergencyRules.Decide)
                .Command<BeginLockDown, Done>("emergency.begin_lock_down", EmergencyRules.Decide)
                .Command<EndLockDown, Done>("emergency.end_lock_down", EmergencyRules.Decide)
                .Command<MarkOutside, Done>("emergency.mark_outside", EmergencyRules.Decide)
                .Command<RenewEmergency, Done>("emergency.renew", EmergencyRules.Decide)
                .Event<EvacuationBegun>("emergency.evacuation_begun.v1")
                .Event<EvacuationEnded>("emergency.evacuation_ended.v1")
                .Event<LockDownBegun>("emergency.lock_down_begun.v1")
                .Event<LockDownEnded>("emergency.lock_down_ended.v1")
                .Event<PersonSeenOutside>("emergency.person_seen_outside.v1")
                .Event<PersonNotSeenOutside>("emergency.person_not_seen_outside.v1"),
        ],
        [],
        [typeof(EmergencyRefusal)]);
}
