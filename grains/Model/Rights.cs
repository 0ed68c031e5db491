namespace SmartClub.Grains.Model;

/// <summary>Everything that somebody may be allowed to do.</summary>
public static class Rights
{
    /// <summary>Set up sites, zones, plans and gates.</summary>
    public const string Setup = "setup.write";

    /// <summary>Register members and change what is known of them.</summary>
    public const string MembersWrite = "members.write";

    /// <summary>See members.</summary>
    public const string MembersRead = "members.read";

    /// <summary>Suspend and resume members.</summary>
    public const string MembersSuspend = "members.suspend";

    /// <summary>Import members from a file, and undo that.</summary>
    public const string MembersImport = "members.import";

    /// <summary>Give, freeze and settle memberships.</summary>
    public const string MembershipsWrite = "memberships.write";

    /// <summary>Give and revoke badges and codes.</summary>
    public const string CredentialsWrite = "credentials.write";

    /// <summary>See the live board.</summary>
    public const string LiveRead = "live.read";

    /// <summary>Open, lock and release doors from afar, and see what came of it.</summary>
    public const string GatesCommand = "gates.command";

    /// <summary>See what is wrong at the doors.</summary>
    public const string AlertsRead = "alerts.read";

    /// <summary>Take alerts, put them aside, end them.</summary>
    public const string AlertsHandle = "alerts.handle";

    /// <summary>Open every door of a site, and see who is inside.</summary>
    public const string Evacuate = "sites.evacuate";

    /// <summary>Lock every door of a site.</summary>
    public const string LockDown = "sites.lock_down";

    /// <summary>Be a gate: ask for access, report passages, give signs of life.</summary>
    public const string Gate = "gate";

    /// <summary>Be a member on their own phone: see and change what is theirs, and nothing else.</summary>
    public const string Member = "member";

    /// <summary>See which mails went out, and send one again.</summary>
    public const string Outbox = "outbox";

    /// <summary>Have an account: end one's own sessions, change one's own password.</summary>
    public const string Account = "account";

    /// <summary>Invite staff, give roles and rights, end accounts.</summary>
    public const string StaffWrite = "staff.write";

    /// <summary>See the club as a colleague sees it.</summary>
    public const string StaffViewAs = "staff.view_as";

    /// <summary>See who did what.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>See how the machine is doing: the figures of the silo.</summary>
    public const string MetricsRead = "metrics.read";

    /// <summary>All of them, for the administrator and for the test that enumerates.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Setup, MembersWrite, MembersRead, MembersSuspend, MembersImport, MembershipsWrite, CredentialsWrite, LiveRead,
        GatesCommand, AlertsRead, AlertsHandle, Evacuate, LockDown, Outbox, Account, StaffWrite, StaffViewAs,
        AuditRead, MetricsRead,
    ];

    /// <summary>
    /// What concerns the whole club. A grant of one of these that is limited to a site allows nothing: whoever could
    /// give out rights at one site could give out all of them.
    /// </summary>
    public static readonly IReadOnlySet<string> OfTheWholeClub =
        new HashSet<string> { StaffWrite, StaffViewAs, AuditRead, MetricsRead, MembersImport, Outbox };

    /// <summary>
    /// What is done at places. A command with one of these that names no site, zone or gate, such as a new plan,
    /// changes them all, and needs the right everywhere.
    /// </summary>
    public static readonly IReadOnlySet<string> OfPlaces =
        new HashSet<string> { Setup, GatesCommand, AlertsHandle, Evacuate, LockDown };
}
