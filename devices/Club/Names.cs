namespace SmartClub.Devices.Club;

/// <summary>Invented people of Kinshasa: names as they are common there, no real person meant.</summary>
public static class Names
{
    private static readonly string[] FirstNames =
    [
        "Ruth", "Grâce", "Patrick", "Dieudonné", "Espérance", "Christian", "Naomie", "Jonathan", "Béatrice", "Hervé",
        "Merveille", "Trésor", "Chantal", "Fiston", "Solange", "Gloire", "Aimée", "Cédric", "Clarisse", "Olivier",
        "Rachel", "Junior", "Francine", "Michaël", "Aline", "Serge", "Déborah", "Pascal", "Thérèse", "Emmanuel",
        "Plamedi", "Exaucé", "Bénédicte", "Israël", "Mireille", "Jean-Pierre", "Marie-Claire", "Jean-Luc", "Josué",
        "Anne-Marie", "Didier", "Huguette", "Landry", "Noëlla", "Rodrigue", "Sylvie", "Théophile", "Yannick", "Zoé",
        "François", "Géraldine", "Arsène", "Dorcas", "Élie", "Falonne", "Guylain", "Henriette", "Innocent", "Joëlle",
    ];

    private static readonly string[] LastNames =
    [
        "Lukusa", "Ilunga", "Kabongo", "Mwamba", "Tshibanda", "Kalala", "Mbuyi", "Ngoy", "Kasongo", "Mutombo",
        "Nsimba", "Lukau", "Makiese", "Matondo", "Mbala", "Nkosi", "Bokele", "Lokwa", "Mongo", "Bolamba", "Ekofo",
        "Kapinga", "Ngalula", "Tshilombo", "Mukendi", "Kabeya", "Kazadi", "Mulumba", "Banza", "Kyungu", "Nzuzi",
        "Luzolo", "Mavungu", "Phanzu", "Khonde", "Bahati", "Bisimwa", "Cirhuza", "Mugisho", "Amani", "Baraka",
        "Furaha", "Kambale", "Paluku", "Kavira", "Dubois", "Lefèvre", "Moreau", "Girard", "Fontaine", "N'Sele",
        "Kasa-Vubu Ngoma", "Mbuyamba wa Mukendi", "Tshisuaka", "Lumbala", "Okitundu", "Shabani", "Wembo", "Yav",
    ];

    /// <summary>Long enough to try every screen that shows a name.</summary>
    private static readonly (string First, string Last)[] LongNames =
    [
        ("Marie-Thérèse", "Ngalula Kapinga-Mutombo"),
        ("Dieudonné", "Mbuyamba wa Mukendi-Tshimanga"),
        ("Jean-Baptiste Emmanuel", "Kabasele Tshamala wa Kalonji"),
        ("Marie-Antoinette Bénédicte", "Mwamba Kabongo-Lefèvre"),
    ];

    public static (string First, string Last) Draw(int index, Random random)
    {
        if (index % 97 < LongNames.Length && index < 97 * 2)
        {
            return LongNames[index % 97];
        }

        var first = FirstNames[random.Next(FirstNames.Length)];
        var last = LastNames[random.Next(LastNames.Length)];
        return random.NextDouble() < 0.25
            ? (first, last + " " + LastNames[random.Next(LastNames.Length)])
            : (first, last);
    }
}
