namespace SmartClub.Tests.Http;

/// <summary>Bodies that the endpoints of people who work here would take, for breaking them.</summary>
internal static class BrokenBodies
{
    public static Dictionary<string, string> OfStaff { get; } = new()
    {
        ["POST /api/auth/view-as"] = """{"staffId":"stf_1","reason":"essai"}""",
        ["POST /api/auth/view-as/end"] = "",
        ["POST /api/account/password"] = """{"currentPassword":"x","newPassword":"y"}""",
        ["POST /api/account/totp"] = """{"password":"x"}""",
        ["POST /api/account/totp/confirm"] = """{"password":"x","secret":"JBSWY3DPEHPK3PXP","code":"000000"}""",
        ["POST /api/account/totp/remove"] = """{"password":"x"}""",
        ["POST /api/account/recovery-codes"] = """{"password":"x"}""",
        ["POST /api/auth/passkey"] = """{"ticket":"tttt","credential":"{}"}""",
        ["POST /api/auth/passkey/question"] = "",
        ["POST /api/account/passkeys"] = """{"ticket":"tttt","credential":"{}","name":"Téléphone"}""",
        ["POST /api/account/passkeys/question"] = """{"password":"x"}""",
        ["POST /api/account/passkeys/{key}/remove"] = """{"password":"x"}""",
        ["POST /api/account/sessions/{id}/end"] = "",
        ["POST /api/account/sessions/end-others"] = "",
        ["POST /api/invitations/look"] = """{"token":"tttttttttttttttttttttttt"}""",
        ["POST /api/invitations/accept"] = """{"token":"tttttttttttttttttttttttt","password":"a long password"}""",
        ["POST /api/roles"] = """{"name":"Accueil","rights":["members.read"]}""",
        ["POST /api/roles/{id}"] = """{"name":"Accueil","rights":["members.read"]}""",
        ["POST /api/staff"] =
            """{"email":"new@example.org","displayName":"Aline","grants":[{"role":"desk","siteId":"<site>"}]}""",
        ["POST /api/staff/{id}/invitation"] = "",
        ["POST /api/staff/{id}/grants"] = """{"grants":[{"role":"desk"}]}""",
        ["POST /api/staff/{id}/disable"] = "",
        ["POST /api/staff/{id}/enable"] = "",
        ["POST /api/staff/{id}/second-factor/reset"] = "",
        ["POST /api/staff/{id}/sessions/{sessionId}/end"] = "",
        ["POST /api/sites/{siteId}/alerts/{id}/take"] = "",
        ["POST /api/sites/{siteId}/alerts/{id}/snooze"] = """{"minutes":30}""",
        ["POST /api/sites/{siteId}/alerts/{id}/resolve"] = """{"reason":"vérifié"}""",
        ["POST /api/sites/{siteId}/evacuation"] = """{"reason":"fumée"}""",
        ["POST /api/sites/{siteId}/evacuation/end"] = """{"reason":"exercice"}""",
        ["POST /api/sites/{siteId}/evacuation/people/{memberId}"] = """{"isOutside":true}""",
        ["POST /api/sites/{siteId}/lock-down"] = """{"reason":"menace"}""",
        ["POST /api/sites/{siteId}/lock-down/end"] = """{"reason":"levée"}""",
        ["POST /api/credentials/find"] = """{"value":"<badge>"}""",
        ["POST /api/members/{id}/notes/{noteId}/remove"] = "",
        ["POST /api/members/{id}/photo/remove"] = "",
        ["POST /api/members/{id}/files/{fileId}/remove"] = "",
        ["POST /api/sites/{id}/hours"] =
            """{"week":[{"days":["mon"],"from":"06:00","to":"22:00"}],"days":[{"day":"2026-12-25","name":"Noël"}]}""",
        ["POST /api/sites/{id}/location"] = """{"latitude":-4.3033,"longitude":15.3105}""",
        ["POST /api/imports/members"] = """{"prénom":"Ruth"}""",
        ["POST /api/imports/{id}/undo"] = """{"reason":"mauvais fichier"}""",
    };

    /// <summary>Those of the desk and of a member’s file; photos and documents are bytes, not JSON.</summary>
    public static Dictionary<string, string> OfDesk { get; } = new()
    {
        ["POST /api/members/alike"] = """{"firstName":"Ruth","lastName":"Lukusa","phone":"+243 81"}""",
        ["POST /api/members/{id}/details"] = """{"firstName":"Ruth","lastName":"Lukusa","email":"ruth@example.org"}""",
        ["POST /api/members/{id}/admit"] = """{"gateId":"<gateId>","reason":"badge oublié"}""",
        ["POST /api/members/{id}/notes"] = """{"text":"Préfère le matin."}""",
        ["POST /api/members/{id}/photo"] = """{"photo":"no picture"}""",
        ["POST /api/members/{id}/files"] = """{"file":"no file"}""",
    };
}
