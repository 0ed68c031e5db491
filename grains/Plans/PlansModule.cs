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
            new GrainDefinition<PlanState>(kind: 3, "plan")
                .Command<CreatePlan, Created<PlanTag>>("plan.create", PlanRules.Decide)
                .Event<PlanCreated>("plan.created.v1"),
        ],
        [new PlanView()],
        [typeof(PlanRefusal)]);
}
