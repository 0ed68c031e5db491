namespace SmartClub.Grains.Model;

// Every thing that has an id, in one place. A kind above zero is a grain; its number is in every journal row
// of that grain, so it is never changed and never given away again.

/// <summary>A club's building.</summary>
public sealed class SiteTag : IIdTag
{
    static string IIdTag.Prefix => "ste";
    static short IIdTag.Kind => 1;
}

/// <summary>A part of a site that people are inside of or not.</summary>
public sealed class ZoneTag : IIdTag
{
    static string IIdTag.Prefix => "zon";
    static short IIdTag.Kind => 2;
}

/// <summary>What the club sells: a length of time and the zones it opens.</summary>
public sealed class PlanTag : IIdTag
{
    static string IIdTag.Prefix => "pln";
    static short IIdTag.Kind => 3;
}

/// <summary>A person who comes to the club.</summary>
public sealed class MemberTag : IIdTag
{
    static string IIdTag.Prefix => "mbr";
    static short IIdTag.Kind => 4;
}

/// <summary>The claim on one badge or code; its key is a keyed hash of kind and value.</summary>
public sealed class CredentialKeyTag : IIdTag
{
    static string IIdTag.Prefix => "crk";
    static short IIdTag.Kind => 5;
}

/// <summary>A door, turnstile or reader.</summary>
public sealed class GateTag : IIdTag
{
    static string IIdTag.Prefix => "gat";
    static short IIdTag.Kind => 6;
}

/// <summary>A person who works at the club; the key is a keyed hash of the e-mail address.</summary>
public sealed class StaffTag : IIdTag
{
    static string IIdTag.Prefix => "stf";
    static short IIdTag.Kind => 7;
}

/// <summary>A bundle of rights that the club made up itself.</summary>
public sealed class RoleTag : IIdTag
{
    static string IIdTag.Prefix => "rol";
    static short IIdTag.Kind => 20;
}

/// <summary>What is wrong at the doors of a site; its key is that of the site.</summary>
public sealed class AlertBookTag : IIdTag
{
    static string IIdTag.Prefix => "abk";
    static short IIdTag.Kind => 30;
}

/// <summary>Whether a site is locked down or evacuated; its key is that of the site.</summary>
public sealed class EmergencyTag : IIdTag
{
    static string IIdTag.Prefix => "emg";
    static short IIdTag.Kind => 31;
}

/// <summary>A file of members that was taken in; its key derives from the file.</summary>
public sealed class ImportTag : IIdTag
{
    static string IIdTag.Prefix => "imp";
    static short IIdTag.Kind => 40;
}

/// <summary>One thing that is wrong, inside the alerts of a site.</summary>
public sealed class AlertTag : IIdTag
{
    static string IIdTag.Prefix => "alr";
    static short IIdTag.Kind => 0;
}

/// <summary>One right of a member to come in, inside the member grain.</summary>
public sealed class MembershipTag : IIdTag
{
    static string IIdTag.Prefix => "mbs";
    static short IIdTag.Kind => 0;
}

/// <summary>One badge or code of a member, inside the member grain.</summary>
public sealed class CredentialTag : IIdTag
{
    static string IIdTag.Prefix => "crd";
    static short IIdTag.Kind => 0;
}

/// <summary>One order to a gate, inside the gate grain.</summary>
public sealed class GateOrderTag : IIdTag
{
    static string IIdTag.Prefix => "gor";
    static short IIdTag.Kind => 0;
}

/// <summary>One log-in of a staff member, inside the staff grain.</summary>
public sealed class SessionTag : IIdTag
{
    static string IIdTag.Prefix => "ses";
    static short IIdTag.Kind => 0;
}

/// <summary>
/// What a member has for the app: the mail they sign in with, and their sessions. Its key is that of the member.
/// </summary>
public sealed class MemberAccountTag : IIdTag
{
    static string IIdTag.Prefix => "acc";
    static short IIdTag.Kind => 10;
}

/// <summary>One mail to one person, from being wanted to having been sent.</summary>
public sealed class MessageTag : IIdTag
{
    static string IIdTag.Prefix => "msg";
    static short IIdTag.Kind => 11;
}

/// <summary>One attempt of a member to sign in; the code and the link of its mail are derived from it.</summary>
public sealed class ChallengeTag : IIdTag
{
    static string IIdTag.Prefix => "cha";
    static short IIdTag.Kind => 0;
}

/// <summary>One note about a member, inside the member grain.</summary>
public sealed class NoteTag : IIdTag
{
    static string IIdTag.Prefix => "not";
    static short IIdTag.Kind => 0;
}

/// <summary>A picture or document of a member, by which its file is named too.</summary>
public sealed class FileTag : IIdTag
{
    static string IIdTag.Prefix => "fil";
    static short IIdTag.Kind => 0;
}
