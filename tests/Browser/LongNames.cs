using SmartClub.Tests.Http;

namespace SmartClub.Tests.Browser;

/// <summary>A club in which everything has a name as long as names get.</summary>
internal static class LongNames
{
    /// <summary>Text outside the screen, outside its own box, or cut off without a sign that it is.</summary>
    public const string Spilt =
        """
        () => {
          const spilt = [];
          const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (words.nextNode()) {
            const text = words.currentNode.data.trim();
            const own = words.currentNode.parentElement;
            if (text.length < 12 || !own.checkVisibility({ visibilityProperty: true })) {
              continue;
            }
            const range = document.createRange();
            range.selectNodeContents(words.currentNode);
            const box = range.getBoundingClientRect();
            let place = own;
            while (getComputedStyle(place).display.startsWith('inline') && place.parentElement !== null) {
              place = place.parentElement;
            }
            let clips = own;
            while (clips !== null && getComputedStyle(clips).overflowX === 'visible') {
              clips = clips.parentElement;
            }
            const kind = clips === null ? null : getComputedStyle(clips);
            const hidden = place.getBoundingClientRect().width <= 1;
            if (hidden || box.width === 0 || kind?.overflowX === 'auto' || kind?.overflowX === 'scroll') {
              continue;
            }
            if (clips === null || clips === document.documentElement || clips === document.body) {
              // A space at the end of a line hangs over.
              if (box.right > innerWidth + 1 || box.right > place.getBoundingClientRect().right + 8) {
                spilt.push(text);
              }
            } else if (box.right > clips.getBoundingClientRect().right + 2 && kind.textOverflow !== 'ellipsis') {
              spilt.push(`cut off: ${text}`);
            }
          }
          return spilt;
        }
        """;

    private const string Long = "Dieudonné Mbuyamba wa Mukendi-Tshimanga Kabongo-Kalala Ngalula-Kapinga-Mutombo";

    /// <summary>Fills a club, also with what goes wrong in one; returns one of its members.</summary>
    public static async Task<string> Fill(HttpClub club)
    {
        var site = (await club.Admin.Post(
            "/api/sites", new { name = $"Site {Long}", timeZone = "Africa/Kinshasa", currency = "CDF" })).Ok()["id"];
        var zone = (await club.Admin.Post(
            "/api/zones",
            new { siteId = site, name = $"Zone {Long}", antiPassback = "off", forgivenessMinutes = 0, capacity = 40 }))
            .Ok()["id"];
        var plan = (await club.Admin.Post("/api/plans", new
        {
            name = $"Formule {Long}",
            months = 12,
            price = new { amount = 125_000_00, currency = "CDF" },
            entitlements = new[] { new { zoneId = zone } },
        })).Ok()["id"];
        var made = (await club.Admin.Post("/api/gates", new
        {
            name = $"Portillon {Long}",
            siteId = site,
            zoneId = zone,
            direction = "both",
            confirmsPassage = false,
        })).Ok();
        var gate = new GateDevice(club, made["id"], Convert.FromBase64String(made["key"]));
        var member = (await club.Admin.Post("/api/members", new
        {
            firstName = "Marie-Thérèse Dieudonné-Espérance",
            lastName = "Mbuyamba wa Mukendi-Tshimanga Kabongo-Kalala",
            email = "marie-therese.dieudonne.mbuyamba.wa.mukendi-tshimanga@sport-et-equilibre.example.org",
            phone = "+243 812 345 678",
        })).Ok()["id"];
        await club.Membership(member, plan, club.Clock.Day(-1), paid: false);
        var badge = await club.Badge(member);
        (await gate.Scan(badge)).Ok();
        await club.Member("Ruth");
        var paid = await club.Member("Espérance-Béatrice-Héritier wa Mukendi-Tshimanga");
        await club.Membership(paid, plan, club.Clock.Day(-1));
        (await gate.Scan(await club.Badge(paid))).Ok();
        (await gate.Report("access.forced")).Ok();
        (await club.Admin.Post($"/api/members/{member}/notes", new { text = $"Note sur {Long}" })).Ok();
        var role = (await club.Admin.Post("/api/roles", new { name = $"Rôle {Long}", rights = new[] { "live.read" } }))
            .Ok();
        Assert.NotNull(role["id"]);
        (await club.Admin.Post("/api/staff", new
        {
            email = "grace.ilunga.mbuyamba.wa.mukendi-tshimanga.kabongo@sport-et-equilibre.example.org",
            displayName = Long,
            grants = new[] { new { role = "desk" } },
        })).Ok();
        return member;
    }
}
