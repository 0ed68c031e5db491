using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Rhythm;

/// <summary>Somebody went through a door; nobody knows who. The time is local to the site.</summary>
public readonly record struct Swipe(Direction Direction, DateTime At);
