using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Messages;

/// <summary>A mail is wanted.</summary>
public sealed record MessageQueued(
    Guid PersonKey,
    string Template,
    string Language,
    [property: Personal] string? To,
    [property: Personal] IReadOnlyList<MessageField>? Fields,
    DateTimeOffset Until) : IEvent, IAboutPerson;

/// <summary>An attempt has begun.</summary>
public sealed record MessageClaimed(int Attempt) : IEvent;

/// <summary>The mail server has taken it.</summary>
public sealed record MessageSent(int Attempt) : IEvent;

/// <summary>It was not taken; it is tried again later.</summary>
public sealed record MessageDelayed(int Attempt, DateTimeOffset Next, string? Code) : IEvent;

/// <summary>It may be tried again.</summary>
public sealed record MessageDue(int Attempts) : IEvent;

/// <summary>It was given up.</summary>
public sealed record MessageFailed(int Attempt, string? Code) : IEvent;

/// <summary>Nobody knows whether it was taken.</summary>
public sealed record MessageLost(int Attempt, string? Code) : IEvent;
