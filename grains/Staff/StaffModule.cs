using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Grains.Staff;

/// <summary>All that the feature "staff" owns.</summary>
public static class StaffModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "staff",
        [
            new GrainDefinition<StaffState>(kind: 7, "staff", stateVersion: 2, isPerson: true)
                .Command<CreateStaff, Created<StaffTag>>("staff.create", StaffRules.Decide)
                .Command<OpenSession, Created<SessionTag>>("staff.open_session", StaffRules.Decide)
                .Command<CloseSession, Done>("staff.close_session", StaffRules.Decide)
                .Event<StaffCreated>("staff.created.v1")
                .Event<SessionOpened>("staff.session_opened.v1")
                .Event<CodeUsed>("staff.code_used.v1")
                .Event<SessionClosed>("staff.session_closed.v1"),
        ],
        [new StaffView()],
        [typeof(StaffRefusal)]);
}
