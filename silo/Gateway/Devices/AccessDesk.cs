using System.Runtime.CompilerServices;
using System.Text;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>
/// Answers scans: from the credential to its member, and what the member grain decides back to the door.
/// </summary>
public sealed class AccessDesk(
    IGrains grains, CredentialMirror credentials, PassDesk passes, NameMirror names, GateMirror gates, ClubKeys keys,
    LiveBoard live, LateAnswers late, TimeProvider time)
{
    /// <summary>
    /// Decides a scan. A code in place of a reply: <c>journal_late</c> when the door has to decide alone, or the
    /// refusal of a scan that makes no sense, such as one that the door has decided already.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(AccessReply? Reply, string? Problem)> Decide(Device device, AccessRequest request)
    {
        var direction = request.Direction!.Value;
        var credential = request.Credential!;
        var key = KeyOf(credential);
        var pass = IsPass(credential) ? passes.Check(credential.Value!) : null;
        if ((IsPass(credential) ? pass?.Owner : credentials.Find(key)) is not { } owner)
        {
            return (Unknown(device, credential, direction), null);
        }

        var id = ScanCommand(device.Id, key, direction, request.ScanId!);
        var command = new RequestAccess(owner.Member, owner.Credential, device.Id, request.ScanId!, direction);
        var envelope = new Envelope(id, device.Caller)
        {
            Pass = pass?.Verdict ?? PassVerdict.NotAPass,
            PassUse = pass?.Use,
        };
        var answered = await late.Within(grains.Send(command, envelope));
        if (answered is not { } told)
        {
            return (null, "journal_late");
        }

        return told.Answer.Outcome is AccessAnswer answer
            ? (Reply(answer, told.Position, owner.Member, direction), null)
            : (null, told.Answer.Refusal!.Code);
    }

    /// <summary>Whose credential it is. A pass names its member however old it is; null: nobody has it.</summary>
    public CredentialOwner? OwnerOf(GateCredential credential) => Find(credential).Owner;

    /// <summary>The same, and which rotating pass it was if it was one.</summary>
    public (CredentialOwner? Owner, PassUse? Pass) Find(GateCredential credential) => !IsPass(credential)
        ? (credentials.Find(KeyOf(credential)), null)
        : passes.Check(credential.Value!) is { } pass ? (pass.Owner, pass.Use) : (null, null);

    /// <summary>The keyed hash that stands for a credential.</summary>
    public CredentialKey KeyOf(GateCredential credential) =>
        CredentialKeys.Of(keys, credential.Kind!.Value, credential.Value!);

    /// <summary>The same for the same device, credential, direction and the device's own name for the scan.</summary>
    internal static CommandId ScanCommand(GateId device, CredentialKey key, Direction direction, string scanId)
    {
        Span<byte> name = stackalloc byte[34 + (GateJson.ScanIdLength * 3)];
        device.Value.TryWriteBytes(name);
        key.Value.TryWriteBytes(name[16..]);
        name[32] = (byte)'s';
        name[33] = (byte)direction;
        return CommandId.Of(name[..(34 + Encoding.UTF8.GetBytes(scanId, name[34..]))]);
    }

    private static bool IsPass(GateCredential credential) =>
        credential.Kind == CredentialKind.Qr && RotatingPass.IsMeant(credential.Value!);

    // Nobody to ask: decided afresh each time, shown live, kept out of the journal.
    private AccessReply Unknown(Device device, GateCredential credential, Direction direction)
    {
        var reason = gates.Find(device.Id) is { IsDisabled: true } ? AccessReason.DeviceDisabled
            : IsPass(credential) ? AccessReason.PassInvalid
            : AccessReason.UnknownCredential;
        live.ShowUnknown(device.Id, direction, reason, time.GetUtcNow());
        return new AccessReply("deny", reason, null, null, 0, DoorTexts.Of(reason, direction, "", null), null);
    }

    private AccessReply Reply(AccessAnswer answer, long? position, MemberId member, Direction direction)
    {
        var name = names.Find(member);
        return new AccessReply(
            answer.Granted ? "grant" : "deny",
            answer.Reason,
            answer.TicketId,
            position,
            answer.OpenMs,
            DoorTexts.Of(answer.Reason, direction, name, answer.Detail),
            new ShownMember(name, null));
    }
}
