namespace SmartClub.Grains.Model;

/// <summary>
/// Every maximum of the domain, in one place. The silo's own (queues, pages, caches) are in its Limits.
/// </summary>
public static class Limits
{
    /// <summary>Outcomes are found again for at least this long.</summary>
    public static readonly TimeSpan OutcomesKept = TimeSpan.FromDays(30);

    /// <summary>An open ticket ends after this long without a passage.</summary>
    public static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(60);

    /// <summary>With anti-passback off, coming in again within this time is the same visit.</summary>
    public static readonly TimeSpan SameVisit = TimeSpan.FromSeconds(60);

    /// <summary>Tickets that a member grain remembers for late passages.</summary>
    public const int TicketsKept = 32;

    /// <summary>Decided scans that a member grain remembers, to compare with what a door did alone.</summary>
    public const int ScansKept = 8;

    /// <summary>How long a zone remembers who left: far longer than a message between grains can take.</summary>
    public static readonly TimeSpan DeparturesKept = TimeSpan.FromMinutes(10);

    /// <summary>How long a door is held open after a grant.</summary>
    public const int OpenMilliseconds = 5_000;

    /// <summary>Memberships that a member can have, ended ones included.</summary>
    public const int MembershipsPerMember = 200;

    /// <summary>Credentials that a member can have and use.</summary>
    public const int CredentialsPerMember = 50;

    /// <summary>The same, revoked ones included: these are remembered, since nobody else may ever have them.</summary>
    public const int CredentialsEverPerMember = 1_000;

    /// <summary>Phones that can show passes of a member at once.</summary>
    public const int PassKeysPerMember = 2;

    /// <summary>The same, revoked ones included.</summary>
    public const int PassKeysEverPerMember = 200;

    /// <summary>How far the time of a rotating pass may be from ours: 30 s, and 5 s for clocks.</summary>
    public static readonly TimeSpan PassWindow = TimeSpan.FromSeconds(35);

    /// <summary>Passes that a member grain remembers as used; when it forgets one, all older ones count as used.
    /// </summary>
    public const int PassUsesKept = 64;

    /// <summary>A phone gets a key only so soon after its owner has signed in.</summary>
    public static readonly TimeSpan EnrolmentWindow = TimeSpan.FromMinutes(15);

    /// <summary>Longest name of a phone, in UTF-16 units.</summary>
    public const int DeviceLength = 100;

    /// <summary>How long the code and the link of a sign-in mail work.</summary>
    public static readonly TimeSpan SignInLife = TimeSpan.FromMinutes(15);

    /// <summary>Wrong codes after which a sign-in mail is worth nothing.</summary>
    public const int SignInFailures = 5;

    /// <summary>Sign-in mails to one member in the window below.</summary>
    public const int SignInMails = 5;

    /// <summary>Window of the sign-in mails.</summary>
    public static readonly TimeSpan SignInMailsWindow = TimeSpan.FromHours(1);

    /// <summary>How long a member stays signed in on a phone.</summary>
    public static readonly TimeSpan MemberSessionLife = TimeSpan.FromDays(180);

    /// <summary>Phones on which a member can be signed in at once; the oldest gives way.</summary>
    public const int SessionsPerMember = 10;

    /// <summary>How often a message is tried before it is given up.</summary>
    public const int MessageAttempts = 8;

    /// <summary>Fields of a message.</summary>
    public const int MessageFields = 20;

    /// <summary>Notes that a member can have.</summary>
    public const int NotesPerMember = 200;

    /// <summary>Documents that a member can have.</summary>
    public const int AttachmentsPerMember = 50;

    /// <summary>Entitlements of a plan.</summary>
    public const int EntitlementsPerPlan = 100;

    /// <summary>Schedule windows of an entitlement.</summary>
    public const int WindowsPerSchedule = 50;

    /// <summary>Events that a gate can report in one request.</summary>
    public const int EventsPerRequest = 500;

    /// <summary>Sessions that a member of staff can have at once; the oldest gives way.</summary>
    public const int SessionsPerStaff = 50;

    /// <summary>How many steps of 30 s a one-time code may be away from the clock, on either side.</summary>
    public const int CodeWindowSteps = 1;

    /// <summary>How long a session lasts.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(12);

    /// <summary>Roles and rights that one member of staff can be given.</summary>
    public const int GrantsPerStaff = 50;

    /// <summary>Days of a site that differ from its week.</summary>
    public const int SpecialDays = 100;

    /// <summary>Passkeys that one member of staff can have.</summary>
    public const int PasskeysPerStaff = 10;

    /// <summary>Codes that replace a lost phone, made at a time.</summary>
    public const int RecoveryCodes = 10;

    /// <summary>How long an invitation can be taken up.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    /// <summary>A session in use is noted as seen this often.</summary>
    public static readonly TimeSpan SessionSeenEvery = TimeSpan.FromMinutes(15);

    /// <summary>Longest name of a person or thing, in UTF-16 units.</summary>
    public const int NameLength = 200;

    /// <summary>Longest value of a credential, in UTF-16 units; a rotating pass fits.</summary>
    public const int CredentialLength = 512;

    /// <summary>Longest free text (a reason), in UTF-16 units.</summary>
    public const int TextLength = 2_000;

    /// <summary>Largest capacity of a zone.</summary>
    public const int ZoneCapacity = 100_000;

    /// <summary>Longest forgiveness of anti-passback, in minutes: a week.</summary>
    public const int ForgivenessMinutes = 10_080;

    /// <summary>Longest plan, in months.</summary>
    public const int PlanMonths = 120;

    /// <summary>Longest plan, in days.</summary>
    public const int PlanDays = 3_660;

    /// <summary>Largest price, in minor units.</summary>
    public const long PriceAmount = 1_000_000_000_000;

    /// <summary>Most visits in a period.</summary>
    public const int VisitsPerPeriod = 100_000;

    /// <summary>Most guests in a period.</summary>
    public const int GuestsPerPeriod = 10_000;

    /// <summary>How long a right that is lent to a door lives after the door was last in touch.</summary>
    public static readonly TimeSpan OfflineLife = TimeSpan.FromHours(48);

    /// <summary>The same for rights with a risk of debt: paid late before, or visits that run out.</summary>
    public static readonly TimeSpan RiskyOfflineLife = TimeSpan.FromHours(8);

    /// <summary>Hours between two renewals of a lent right.</summary>
    public const int OfflineRound = 24;

    /// <summary>The same for rights with a risk of debt.</summary>
    public const int RiskyOfflineRound = 4;

    /// <summary>Memberships that start within so many days are lent already, with their first day.</summary>
    public const int OfflineDaysAhead = 7;

    /// <summary>Orders that a gate can have to carry out at once.</summary>
    public const int OpenOrdersPerGate = 20;

    /// <summary>How long an order to a gate may wait for the gate, in seconds.</summary>
    public const int OrderSeconds = 3_600;

    /// <summary>How long it waits when nobody says so, in seconds: whoever stands at a door goes away.</summary>
    public const int UsualOrderSeconds = 30;

    /// <summary>Longest word of a gate about what came of an order.</summary>
    public const int OrderResultLength = 100;

    /// <summary>How long the code that enrols a device can be used.</summary>
    public static readonly TimeSpan EnrolmentLife = TimeSpan.FromHours(24);

    /// <summary>Alerts of a site that can be open at once.</summary>
    public const int OpenAlertsPerSite = 200;

    /// <summary>An alert that nobody took is told to the next role after this long.</summary>
    public static readonly TimeSpan AlertPatience = TimeSpan.FromMinutes(10);

    /// <summary>The same for what cannot wait: force, tampering, fire.</summary>
    public static readonly TimeSpan UrgentAlertPatience = TimeSpan.FromMinutes(3);

    /// <summary>Doors are told again this often in an emergency, before their orders run out.</summary>
    public static readonly TimeSpan EmergencyRenewal = TimeSpan.FromMinutes(50);

    /// <summary>People that can be ticked off as seen outside.</summary>
    public const int PeopleOutside = 20_000;

    /// <summary>Scans that belong together lie within this time.</summary>
    public static readonly TimeSpan PatternWindow = TimeSpan.FromMinutes(10);

    /// <summary>A pattern that goes on is told again after this long, and no sooner.</summary>
    public static readonly TimeSpan PatternPause = TimeSpan.FromMinutes(2);

    /// <summary>So many refusals of one person in that time are an alert.</summary>
    public const int RefusalsOfPerson = 5;

    /// <summary>So many refusals at one gate in that time are an alert.</summary>
    public const int RefusalsAtGate = 20;

    /// <summary>So many grants that nobody used in that time are an alert.</summary>
    public const int UnusedGrants = 4;

    /// <summary>Nobody takes less time from one site to another, where nobody has said where they are.</summary>
    public static readonly TimeSpan BetweenSites = PatternWindow;

    /// <summary>Where it is known, nobody travels faster than this, measured as the crow flies.</summary>
    public const int TravelKilometresPerHour = 90;

    /// <summary>No journey between two sites counts as longer than this: whoever goes that far may fly.</summary>
    public static readonly TimeSpan LongestJourney = TimeSpan.FromHours(3);

    /// <summary>How long an alert can be put aside, in minutes: a day.</summary>
    public const int SnoozeMinutes = 1_440;

    /// <summary>Whether a text can be the name of a person or thing.</summary>
    public static bool IsName(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= NameLength;
}
