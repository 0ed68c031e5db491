using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;

namespace SmartClub.Grains.Plans;

/// <summary>All that the feature "plans" owns.</summary>
public static class PlansModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "plans",
        [
            new GrainDefinition<PlanState>(kind: 3, "plan", stateVersion: 3)
                .Command<CreatePlan, Created<PlanTag>>("plan.create", PlanRules.Decide)
                .Command<ChangePlan, Done>("plan.change", PlanRules.Decide)
                .Command<RetirePlan, Done>("plan.retire", PlanRules.Decide)
                .Command<ReinstatePlan, Done>("plan.reinstate", PlanRules.Decide)
                .Command<SetPlanGuests, Done>("plan.set_guests", PlanRules.Decide)
                .Event<PlanCreated>("plan.created.v1")
                .Event<PlanChanged>("plan.changed.v1")
                .Event<PlanRetired>("plan.retired.v1")
                .Event<PlanReinstated>("plan.reinstated.v1")
                .Event<PlanGuestsSet>("plan.guests_set.v1"),
        ],
        [new PlanView()],
        [typeof(PlanRefusal)]);
}
