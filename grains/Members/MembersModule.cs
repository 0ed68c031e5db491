using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;

namespace SmartClub.Grains.Members;

/// <summary>All that the feature "members" owns: persons, memberships, badges and decisions at doors.</summary>
public static class MembersModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "members",
        [
            Access(Guests(Files(Passes(Badges(Memberships(Persons(
                new GrainDefinition<MemberState>(kind: 4, "member", stateVersion: 6, isPerson: true)))))))),
        ],
        [
            new MemberView(), new MembershipView(), new BadgeView(), new PassKeyView(), new PresenceView(),
            new DoorRightsView(), new OfflineDifferenceView(), new FileView(), new StayView(), new AnomalyView(),
        ],
        [typeof(MemberRefusal), typeof(FileRefusal)]);

    private static GrainDefinition<MemberState> Persons(GrainDefinition<MemberState> member) => member
        .Command<RegisterMember, MemberRegistration>("member.register", MemberRules.Decide)
        .Command<ChangeDetails, Done>("member.change_details", MemberRules.Decide)
        .Command<SuspendMember, MemberStanding>("member.suspend", MemberRules.Decide)
        .Command<ResumeMember, MemberStanding>("member.resume", MemberRules.Decide)
        .Command<WithdrawMember, Done>("member.withdraw", WithdrawalRules.Decide)
        .WhenReturned<ReleaseCredential>(WithdrawalRules.DecideReturn)
        .Event<MemberRegistered>("member.registered.v1")
        .Event<MemberDetailsChanged>("member.details_changed.v1")
        .Event<MemberSuspended>("member.suspended.v1")
        .Event<MemberResumed>("member.resumed.v1")
        .Event<MemberWithdrawn>("member.withdrawn.v1");

    private static GrainDefinition<MemberState> Memberships(GrainDefinition<MemberState> member) => member
        .Command<AddMembership, MembershipTerm>("membership.add", MembershipRules.Decide)
        .Command<SettleMembership, Done>("membership.settle", MembershipRules.Decide)
        .Command<FreezeMembership, Done>("membership.freeze", MembershipRules.Decide)
        .Command<UnfreezeMembership, Done>("membership.unfreeze", MembershipRules.Decide)
        .Command<StartMembership, Done>("membership.start", MembershipRules.Decide)
        .Command<EndMembership, Done>("membership.end", MembershipRules.Decide)
        .Event<MembershipAdded>("membership.added.v1")
        .Event<MembershipStarted>("membership.started.v1")
        .Event<MembershipEnded>("membership.ended.v1")
        .Event<MembershipSettled>("membership.settled.v1")
        .Event<MembershipFrozen>("membership.frozen.v1")
        .Event<MembershipUnfrozen>("membership.unfrozen.v1");

    private static GrainDefinition<MemberState> Badges(GrainDefinition<MemberState> member) => member
        .Command<AddCredential, Created<CredentialTag>>("member.add_credential", BadgeRules.Decide)
        .Command<RevokeCredential, Done>("member.revoke_credential", BadgeRules.Decide)
        .WhenReturned<ClaimCredential>(BadgeRules.DecideReturn)
        .Event<CredentialRequested>("member.credential_requested.v1")
        .Event<CredentialAdded>("member.credential_added.v1")
        .Event<CredentialNotAdded>("member.credential_not_added.v1")
        .Event<CredentialRevoked>("member.credential_revoked.v1");

    private static GrainDefinition<MemberState> Passes(GrainDefinition<MemberState> member) => member
        .Command<AddPassKey, Created<CredentialTag>>("member.add_pass_key", PassRules.Decide)
        .Command<RevokePassKey, Done>("member.revoke_pass_key", PassRules.Decide)
        .Command<RevokeLostPassKey, Done>("member.revoke_lost_pass_key", PassRules.Decide)
        .Event<PassKeyAdded>("member.pass_key_added.v1")
        .Event<PassKeyRevoked>("member.pass_key_revoked.v1")
        .Event<PassConsumed>("access.pass_consumed.v1");

    private static GrainDefinition<MemberState> Files(GrainDefinition<MemberState> member) => member
        .Command<WriteNote, Created<NoteTag>>("member.write_note", FileRules.Decide)
        .Command<RemoveNote, Done>("member.remove_note", FileRules.Decide)
        .Command<SetPhoto, Created<FileTag>>("member.set_photo", FileRules.Decide)
        .Command<RemovePhoto, Done>("member.remove_photo", FileRules.Decide)
        .Command<AddAttachment, Created<FileTag>>("member.add_attachment", FileRules.Decide)
        .Command<RemoveAttachment, Done>("member.remove_attachment", FileRules.Decide)
        .Event<NoteWritten>("member.note_written.v1")
        .Event<NoteRemoved>("member.note_removed.v1")
        .Event<PhotoSet>("member.photo_set.v1")
        .Event<PhotoRemoved>("member.photo_removed.v1")
        .Event<AttachmentAdded>("member.attachment_added.v1")
        .Event<AttachmentRemoved>("member.attachment_removed.v1");

    private static GrainDefinition<MemberState> Guests(GrainDefinition<MemberState> member) => member
        .Command<RegisterPerson, MemberRegistration>("member.register_person", PersonRules.Decide)
        .Command<ClassifyPerson, Done>("member.classify", PersonRules.Decide)
        .Command<GrantRights, MembershipTerm>("membership.grant_rights", PersonRules.Decide)
        .Command<InviteGuest, MembershipTerm>("member.invite_guest", GuestRules.Decide)
        .Command<AdmitGuest, MembershipTerm>("membership.admit_guest", MembershipRules.Decide)
        .Command<AskHost, Done>("access.ask_host", GuestRules.Decide)
        .WhenReturned<AdmitGuest>(GuestRules.DecideReturn)
        .WhenReturned<AskHost>(AccessDecisions.DecideReturn)
        .Event<PersonClassified>("member.classified.v1")
        .Event<MembershipHosted>("membership.hosted.v1")
        .Event<MembershipNarrowed>("membership.narrowed.v1")
        .Event<GuestRequested>("member.guest_requested.v1")
        .Event<GuestInvited>("member.guest_invited.v1")
        .Event<GuestNotInvited>("member.guest_not_invited.v1")
        .Event<HostAnswered>("access.host_answered.v1");

    private static GrainDefinition<MemberState> Access(GrainDefinition<MemberState> member) => member
        .Command<RequestAccess, AccessAnswer>("access.request", AccessDecisions.Decide)
        .Command<RecordPassage, Done>("access.record_passage", PassageRules.Decide)
        .Command<RecordNonPassage, Done>("access.record_non_passage", PassageRules.Decide)
        .Command<RecordOfflineAccess, Done>("access.record_offline", OfflineRules.Decide)
        .Command<RecordDoorDecision, Done>("access.record_door_decision", OfflineRules.Decide)
        .Command<AdmitByHand, Done>("access.admit_by_hand", FileRules.Decide)
        .WhenReturned<HoldPlace>(AccessDecisions.DecideReturn)
        .Event<AccessAsked>("access.asked.v1")
        .Event<PlaceNotNeeded>("access.place_not_needed.v1")
        .Event<AccessGranted>("access.granted.v1")
        .Event<AccessDenied>("access.denied.v1")
        .Event<AdmittedByHand>("access.admitted_by_hand.v1")
        .Event<Entered>("access.entered.v1")
        .Event<Left>("access.left.v1")
        .Event<PastVisitCounted>("access.past_visit_counted.v1")
        .Event<PassedWithoutMove>("access.passed_without_move.v1")
        .Event<TicketEnded>("access.ticket_ended.v1")
        .Event<OfflineAccessRecorded>("access.offline_recorded.v1")
        .Event<OfflineDifferenceFound>("access.offline_difference_found.v1")
        .Event<EntryReverted>("access.entry_reverted.v1")
        .Event<ExitReverted>("access.exit_reverted.v1");
}
