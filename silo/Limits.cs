namespace SmartClub.Silo;

/// <summary>
/// Every maximum of the silo, in one place: queues, batches, caches, waits. The domain's are in grains.
/// </summary>
public static class Limits
{
    /// <summary>Pooled database connections besides the appending one.</summary>
    public const int DatabaseConnections = 12;

    /// <summary>Rows that may wait for the journal; then callers get 503.</summary>
    public const int JournalQueueRows = 20_000;

    /// <summary>Rows of one group commit.</summary>
    public const int BatchRows = 4_096;

    /// <summary>Bytes of one group commit.</summary>
    public const int BatchBytes = 8 * 1024 * 1024;

    /// <summary>Largest body of one journal row, in bytes.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>
    /// Committed rows kept in memory for views and live screens; who is further behind reads the database.
    /// </summary>
    public const int FeedRows = 4_096;

    /// <summary>Changed rows that views merge before they write.</summary>
    public const int ViewBatchRows = 16_384;

    /// <summary>Rows read from the database at a time by who catches up.</summary>
    public const int CatchUpRows = 2_000;

    /// <summary>Activations in memory; above it the longest unused go.</summary>
    public const int Activations = 100_000;

    /// <summary>An activation that nobody used for this long goes.</summary>
    public static readonly TimeSpan ActivationIdle = TimeSpan.FromMinutes(20);

    /// <summary>An activation gets a snapshot after this many rows.</summary>
    public const int SnapshotEvery = 256;

    /// <summary>Snapshots that may wait to be written; more are skipped, since they are only a cache.</summary>
    public const int SnapshotQueue = 1_000;

    /// <summary>Sends and reminders under way at once.</summary>
    public const int Deliveries = 256;

    /// <summary>Reminders loaded ahead of time.</summary>
    public static readonly TimeSpan ReminderHorizon = TimeSpan.FromHours(1);

    /// <summary>A turn longer than this is named in the log.</summary>
    public static readonly TimeSpan SlowTurn = TimeSpan.FromMilliseconds(50);

    /// <summary>A caller waits this long for its outcome, then gets 503 and may repeat with the same id.</summary>
    public static readonly TimeSpan OutcomeWait = TimeSpan.FromSeconds(10);

    /// <summary>A gate waits this long, then gets 503 <c>journal_late</c> and decides alone.</summary>
    public static readonly TimeSpan GateWait = TimeSpan.FromMilliseconds(250);

    /// <summary>A query waits this long for its own write to reach the view.</summary>
    public static readonly TimeSpan ViewWait = TimeSpan.FromSeconds(2);

    /// <summary>Keys of persons kept in memory.</summary>
    public const int PersonKeys = 50_000;

    /// <summary>How often the signed head is written beside the database, while the journal moves.</summary>
    public static readonly TimeSpan SignedHeadEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo that was asked to stop may commit what it has decided.</summary>
    public static readonly TimeSpan LastCommits = TimeSpan.FromSeconds(10);

    /// <summary>The last good backup may be this old; a machine that is off at night makes it when it is up again.
    /// </summary>
    public static readonly TimeSpan BackupAge = TimeSpan.FromHours(36);

    /// <summary>Bytes of rows in one part of a backup, before packing.</summary>
    public const int BackupRowsBytes = 4 * 1024 * 1024;

    /// <summary>Largest part of a backup that is read.</summary>
    public const int BackupPartBytes = 16 * 1024 * 1024;

    /// <summary>How long this silo may answer after it sent the last thing that the database has confirmed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>An owner that has nothing to write gives a sign of life this often.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(0.5);

    /// <summary>After so long without a sign another silo takes over. Longer than <see cref="Lease"/>.</summary>
    public static readonly TimeSpan OwnerSilence = TimeSpan.FromSeconds(3);

    /// <summary>How long the silo waits for its database at start.</summary>
    public static readonly TimeSpan DatabaseWait = TimeSpan.FromSeconds(60);

    /// <summary>Largest request body of the staff API, in bytes.</summary>
    public const int RequestBytes = 64 * 1024;

    /// <summary>Largest file of members, in bytes.</summary>
    public const int ImportBytes = 20 * 1024 * 1024;

    /// <summary>Lines of a file of members.</summary>
    public const int ImportRows = 50_000;

    /// <summary>Columns of a file that are looked at.</summary>
    public const int ImportColumns = 200;

    /// <summary>Errors of a file that are told; of more only the number.</summary>
    public const int ImportErrors = 1_000;

    /// <summary>Members of a file that are written at once; doors come before them.</summary>
    public const int ImportAtOnce = 64;

    /// <summary>How long a proof that somebody holds the club's keys counts, on either side of now.</summary>
    public static readonly TimeSpan OwnerProof = TimeSpan.FromSeconds(60);

    /// <summary>Largest request body of a gate, in bytes: 500 events.</summary>
    public const int GateRequestBytes = 512 * 1024;

    /// <summary>Requests of gates that are worked on at once; then gates get 503 and decide alone.</summary>
    public const int GateRequests = 1_024;

    /// <summary>Requests of staff that are worked on at once.</summary>
    public const int StaffRequests = 256;

    /// <summary>Live screens that are being opened at once.</summary>
    public const int LiveRequests = 32;

    /// <summary>While fewer are worked on, nobody is sent away for want of processors.</summary>
    public const int RequestsAlwaysTaken = 64;

    /// <summary>Work that always waits longer than this for a processor is too much work.</summary>
    public static readonly TimeSpan RequestDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Lines of the action log in one file.</summary>
    public const int AuditExportRows = 100_000;

    /// <summary>Words of a search; more are left out.</summary>
    public const int SearchWords = 10;

    /// <summary>Orders that are read to say how the doors of a site stand: some for each of very many doors.</summary>
    public const int EmergencyOrders = 20_000;

    /// <summary>People in the list of an emergency.</summary>
    public const int PeopleInside = 20_000;

    /// <summary>Patterns at doors that wait to be told while the journal is away; more are left out.</summary>
    public const int PatternsUntold = 1_000;

    /// <summary>Alerts in a list, and steps in the history of one.</summary>
    public const int AlertItems = 500;

    /// <summary>Backups that are listed; a week of them is kept.</summary>
    public const int BackupItems = 30;

    /// <summary>Items of one page of a list.</summary>
    public const int PageItems = 100;

    /// <summary>Rows of one page of a long list.</summary>
    public const int ListRows = 500;

    /// <summary>Rows of a long list that may come before a page which is asked for by its place.</summary>
    public const int ListOffset = 200_000;

    /// <summary>Rows of the journal that a board of the past reads at most: a day of a very busy club.</summary>
    public const int PastRows = 200_000;

    /// <summary>Members whose presence at the beginning of that day is asked for at most.</summary>
    public const int PastInside = 2_000;

    /// <summary>Rows of one exported file; a sheet of a spreadsheet holds a little over a million.</summary>
    public const int ExportRows = 200_000;

    /// <summary>Days of visits in one exported file.</summary>
    public const int ExportDays = 400;

    /// <summary>Largest photo that is taken, before it is made small.</summary>
    public const int PhotoBytes = 8 * 1024 * 1024;

    /// <summary>Most pixels of a photo that is opened at all.</summary>
    public const long PhotoPixels = 60_000_000;

    /// <summary>Side of a kept photo, in pixels: sharp on the largest screen it is shown on.</summary>
    public const int PhotoSide = 512;

    /// <summary>Largest document.</summary>
    public const int AttachmentBytes = 10 * 1024 * 1024;

    /// <summary>How long one picture may take to be made small.</summary>
    public static readonly TimeSpan PictureWait = TimeSpan.FromSeconds(15);

    /// <summary>Rows of a member's history that are searched for the cause of what is shown.</summary>
    public const int CauseRows = 400;

    /// <summary>Decisions kept for the live board, unknown badges included.</summary>
    public const int LiveDecisions = 100;

    /// <summary>Decisions in one live delta; the rest are counted as skipped.</summary>
    public const int LiveDeltaDecisions = 50;

    /// <summary>Time between two live deltas to one screen.</summary>
    public static readonly TimeSpan LiveTick = TimeSpan.FromMilliseconds(250);

    /// <summary>A live delta comes at least this often, as a sign of life.</summary>
    public static readonly TimeSpan LiveBeat = TimeSpan.FromSeconds(10);

    /// <summary>Signs of life that a gate may miss before it counts as silent: three beats of 30 s.</summary>
    public static readonly TimeSpan GateSilence = TimeSpan.FromSeconds(90);

    /// <summary>
    /// For so long after a door said that it is back to normal, a sign of life that says otherwise is taken as such.
    /// </summary>
    public static readonly TimeSpan DoorReturnWatch = TimeSpan.FromMinutes(10);

    /// <summary>How far a gate's clock may be off.</summary>
    public static readonly TimeSpan GateClockSkew = TimeSpan.FromSeconds(120);

    /// <summary>A gate decides by its list for so long after it last fetched it; then its own mode counts.</summary>
    public static readonly TimeSpan AllowListLife = TimeSpan.FromHours(24);

    /// <summary>Sequence numbers of a gate that may arrive out of order.</summary>
    public const int GateSequenceWindow = 1_024;

    /// <summary>Failed log-ins of one account in the window below; then 429.</summary>
    public const int LoginFailures = 10;

    /// <summary>Window of the failed log-ins.</summary>
    public static readonly TimeSpan LoginWindow = TimeSpan.FromMinutes(5);

    /// <summary>Sites whose hours a member is told.</summary>
    public const int HoursSites = 5;

    /// <summary>Days ahead of which a member is told that they differ.</summary>
    public const int HoursDays = 45;

    /// <summary>How long a question for a passkey may be answered.</summary>
    public static readonly TimeSpan PasskeyLife = TimeSpan.FromMinutes(5);

    /// <summary>A password that somebody chooses has at least so many characters.</summary>
    public const int PasswordLength = 10;

    /// <summary>Requests for sign-in mails that wait to be looked at; more are dropped without a word.</summary>
    public const int SignInQueue = 200;

    /// <summary>A wrong sign-in code is answered no sooner than this.</summary>
    public static readonly TimeSpan SignInAnswer = TimeSpan.FromMilliseconds(300);

    /// <summary>Members who may share one e-mail address and sign in with it.</summary>
    public const int MembersPerAddress = 8;

    /// <summary>Mails that are being sent at once.</summary>
    public const int MailsAtOnce = 4;

    /// <summary>How long a mail server may take for one mail.</summary>
    public static readonly TimeSpan MailWait = TimeSpan.FromSeconds(20);

    /// <summary>Mails kept in the folder that stands in for a mail server.</summary>
    public const int MailsInFolder = 500;

    /// <summary>Visits that the members' app shows.</summary>
    public const int VisitItems = 60;

    /// <summary>Zones of which the members' app shows how busy they are.</summary>
    public const int BusyZones = 6;

    /// <summary>Weeks that are looked back on for what is usual on a day.</summary>
    public const int UsualWeeks = 8;

    /// <summary>With fewer such days than this nothing is called usual.</summary>
    public const int UsualDays = 2;

    /// <summary>How long a visit is taken to have been whose end nobody saw.</summary>
    public static readonly TimeSpan UnseenVisit = TimeSpan.FromMinutes(90);

    /// <summary>How busy it is may be as old as this: many phones ask, and the answer is the same for all.</summary>
    public static readonly TimeSpan BusyAge = TimeSpan.FromSeconds(20);

    /// <summary>Messages of one page of the outbox.</summary>
    public const int OutboxItems = 100;

    /// <summary>Accounts watched for failed log-ins.</summary>
    public const int LoginAccounts = 10_000;
}
