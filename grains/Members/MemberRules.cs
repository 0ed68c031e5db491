using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what concerns the person.</summary>
public static class MemberRules
{
    /// <summary>Registers the person.</summary>
    public static Decision Decide(MemberState member, RegisterMember register, Facts facts)
    {
        _ = facts;
        return Register(
            member,
            register.MemberId,
            new MemberRegistered(
                MemberCode.Of(register.MemberId), register.FirstName, register.LastName, register.Email,
                register.Phone));
    }

    /// <summary>Registers a person; <paramref name="more"/> is what else is to be known of them.</summary>
    internal static Decision Register(
        MemberState member, MemberId id, MemberRegistered registered, params IEvent[] more) =>
        !AreDetails(registered.FirstName, registered.LastName, registered.Email, registered.Phone)
            ? Refuse(MemberRefusal.InvalidName)
        : member.Exists ? Refuse(MemberRefusal.MemberExists)
        : Accept(new MemberRegistration(id, registered.Code), [registered, .. more]);

    /// <summary>Corrects the person's name and contacts.</summary>
    public static Decision Decide(MemberState member, ChangeDetails change, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : !AreDetails(change.FirstName, change.LastName, change.Email, change.Phone)
                ? Refuse(MemberRefusal.InvalidName)
            : Accept(new MemberDetailsChanged(
                member.DetailsChanges + 1, change.FirstName, change.LastName, change.Email, change.Phone));
    }

    /// <summary>Suspends the person.</summary>
    public static Decision Decide(MemberState member, SuspendMember suspend, Facts facts)
    {
        _ = facts;
        var standing = member.StandingIf(suspended: true);
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : suspend.Reason?.Length > Limits.TextLength ? Refuse(MemberRefusal.InvalidReason)
            : member.IsSuspended ? Accept(standing)
            : Accept(standing, new MemberSuspended(standing, suspend.Reason));
    }

    /// <summary>Ends the suspension.</summary>
    public static Decision Decide(MemberState member, ResumeMember resume, Facts facts)
    {
        _ = facts;
        var standing = member.StandingIf(suspended: false);
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : resume.Reason?.Length > Limits.TextLength ? Refuse(MemberRefusal.InvalidReason)
            : !member.IsSuspended ? Accept(standing)
            : Accept(standing, new MemberResumed(standing, resume.Reason));
    }

    private static bool AreDetails(string? firstName, string? lastName, string? email, string? phone) =>
        Limits.IsName(firstName) && Limits.IsName(lastName)
        && !(email?.Length > Limits.NameLength) && !(phone?.Length > Limits.NameLength);
}

/// <summary>What a member says at the desk instead of their name.</summary>
public static class MemberCode
{
    // No 0 and O, 1 and I and L, or U and V to mix up.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    /// <summary>Eight characters derived from the id: a way to find somebody, not a secret.</summary>
    public static string Of(MemberId id) => string.Create(8, id, static (text, member) =>
    {
        Span<byte> bytes = stackalloc byte[16];
        member.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var rest = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
        for (var i = 0; i < text.Length; i++)
        {
            (rest, var digit) = Math.DivRem(rest, (ulong)Alphabet.Length);
            text[i] = Alphabet[(int)digit];
        }
    });
}
