using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>How coming in relates to a visit that was begun in the same zone.</summary>
public enum Reentry
{
    /// <summary>Nobody inside: a new visit.</summary>
    None,

    /// <summary>The earlier visit is taken to have ended unseen: a new visit.</summary>
    AfterInferredExit,

    /// <summary>The same visit goes on.</summary>
    SameVisit,

    /// <summary>The same visit goes on, and that is flagged.</summary>
    Again,

    /// <summary>Not to be. Where a door let them in all the same, it is a new visit and flagged.</summary>
    Forbidden,
}

/// <summary>Anti-passback, in one place for decisions and for passages.</summary>
public static class Reentries
{
    /// <summary>How coming into the zone at a moment relates to what is known.</summary>
    public static Reentry Of(ZoneFacts zone, Presence? presence, DateTimeOffset at)
    {
        if (presence is not { IsInside: true, EnteredAt: var enteredAt })
        {
            return Reentry.None;
        }

        if (zone.AntiPassback == AntiPassback.Off)
        {
            return at - enteredAt <= Limits.SameVisit ? Reentry.SameVisit : Reentry.AfterInferredExit;
        }

        return IsForgiven(zone, enteredAt, at) ? Reentry.AfterInferredExit
            : zone.AntiPassback == AntiPassback.Soft ? Reentry.Again
            : Reentry.Forbidden;
    }

    /// <summary>Whether somebody who came in then is taken to have left by a moment, without being seen.</summary>
    public static bool IsForgiven(ZoneFacts zone, DateTimeOffset enteredAt, DateTimeOffset at) =>
        zone.ForgivenessMinutes > 0 && at - enteredAt >= TimeSpan.FromMinutes(zone.ForgivenessMinutes);

    /// <summary>Whether it uses no quota and no second place.</summary>
    public static bool IsSameVisit(this Reentry reentry) => reentry is Reentry.SameVisit or Reentry.Again;

    /// <summary>What it says on the decision or passage.</summary>
    public static AccessFlags Flags(this Reentry reentry) => reentry switch
    {
        Reentry.AfterInferredExit => AccessFlags.InferredExit,
        Reentry.SameVisit => AccessFlags.SameVisit,
        Reentry.Again => AccessFlags.SameVisit | AccessFlags.Again,
        Reentry.Forbidden => AccessFlags.Again,
        _ => AccessFlags.None,
    };
}
