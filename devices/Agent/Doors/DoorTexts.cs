using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Doors;

/// <summary>What a door says when the silo does not tell it: short, friendly, and nobody's name.</summary>
public static class DoorTexts
{
    private static readonly Dictionary<string, DoorText> Known = new()
    {
        ["ready"] = new("Présentez votre badge ou votre QR", "Show your badge or QR code"),
        ["ok"] = new("Bonne séance\u202f!", "Enjoy your session!"),
        ["ok.out"] = new("À bientôt\u202f!", "See you soon!"),
        ["opened"] = new("Entrez, c’est ouvert", "Come in, it is open"),
        ["open"] = new("La porte est ouverte", "The door is open"),
        ["locked"] = new("Porte fermée pour le moment. Voyez l’accueil", "Closed for now. Please see reception"),
        ["unknown_credential"] = new(
            "Badge non reconnu. Voyez l’accueil", "Badge not recognised. Please see reception"),
        ["not_started"] = new("Votre abonnement n’a pas commencé", "Your membership has not started"),
        ["expired"] = new("Voyez l’accueil pour votre abonnement", "Please see reception about your membership"),
        ["outside_hours"] = new("Votre abonnement n’ouvre pas à cette heure", "Your membership is not valid now"),
        ["list_expired"] = new("Connexion perdue. Voyez l’accueil", "Connection lost. Please see reception"),
        ["pass_invalid"] = new("Présentez le code affiché maintenant", "Show the code displayed now"),
        ["pass_expired"] = new("Code trop ancien. Affichez le nouveau", "Code too old. Show the new one"),
        ["pass_used"] = new("Code déjà utilisé. Affichez le nouveau", "Code already used. Show the new one"),
    };

    /// <summary>The words for a reason or a state.</summary>
    public static DoorText Of(string word) => Known.TryGetValue(word, out var text)
        ? text
        : new DoorText("Voyez l’accueil", "Please see reception");
}
