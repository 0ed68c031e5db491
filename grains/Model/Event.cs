namespace SmartClub.Grains.Model;

/// <summary>A past-tense fact with its results inside. Its stored name carries a version and is never reused.</summary>
public interface IEvent;

/// <summary>
/// Marks a field that says something about a person (a name, a contact, free text, a credential's value). The
/// journal encrypts such fields with the key of the person and yields null once that key is destroyed, so the
/// property must be a nullable reference.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute;

/// <summary>
/// An event, command or outcome whose personal fields belong to somebody other than the grain it is stored at.
/// Without it the key is that of the grain itself.
/// </summary>
public interface IAboutPerson
{
    /// <summary>Whose key encrypts the personal fields.</summary>
    Guid PersonKey { get; }
}
