using System.Text;

namespace SmartClub.Tests.Http.Broken;

/// <summary>Things that nobody should send.</summary>
internal static class Oddities
{
    /// <summary>In place of a value of a JSON body.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "0", "-1", "1.5", "1e999", "-0", "01", "NaN", "Infinity", "-Infinity", "+1", "0x10",
        "2147483648", "99999999999999999999999999", "-9223372036854775809", "18446744073709551616", "\"\"", "\" \"",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\"", "\"\\ufffe\"", "\"\\uffff\"",
        "\"\\u202e\"", "\"\\u0007\"", "\"\\q\"", "\"\\u12\"", "\"\t\"", "'a'", "undefined", "\"unterminated",
        "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":1}}}", "[null]", "[{}]", "{\"$type\":\"x\"}",
        "\"mbr_00000000000000000000000000\"", "\"zon_zzzzzzzzzzzzzzzzzzzzzzzzzz\"", "\"mbr_1\"", "\"../../etc/passwd\"",
        "\"'; drop table journal.rows; --\"", "\"<script>alert(1)</script>\"", "\"{name}{date}\"", "\"%s%n\"",
        "\"2026-02-30\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"99999-01-01\"", "\"2026-11-24T25:00:00Z\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"24:00\"",
        "\"é\\u0301\"",
    ];

    /// <summary>Raw bytes that are no UTF-8, or no text.</summary>
    public static readonly byte[][] Bytes =
    [
        [0x00], [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xC0, 0x80],
        [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xF4, 0x90, 0x80, 0x80], [0x80],
    ];

    /// <summary>In place of an id or a segment of a path.</summary>
    public static readonly string[] Segments =
    [
        "x", "mbr_00000000000000000000000000", "gat_00000000000000000000000000", "mbr_zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "MBR_00000000000000000000000000", "mbr_", "_", "-1", "..", "%2e%2e", "%2f", "..%2f..%2fsites", "%00",
        "a%00b", "%ff",
        "%ed%a0%80", "%u0000", "%", "%zz", "%0d%0a", "a%20b", "~", ";", ":", "*", "'", "\"", "%22%3e", "\\", "%5c",
        "con",
        "{id}", "[id]", "mbr_0000000000000000000000000%30", "%E2%80%AE", "a/b", "//", ".",
    ];

    /// <summary>Behind a question mark.</summary>
    public static readonly string[] Queries =
    [
        "after=", "after=-1", "after=x", "after=1.5", "after=99999999999999999999", "after=%00", "after=1&after=2",
        "after[]=1", "query=%00", "query=%ed%a0%80", "query=%ff", "query=%25", "query=_%25_", "query=%27%3b--",
        "query=a&query=b",
        "query=%EF%BF%BE", "before=-1", "before=99999999999", "before=x", "after=0&before=0", "&&&", "=", "a=b=c", "?",
        "id=x", "id=&negotiateVersion=99", "negotiateVersion=x", "%00=%00", "query=" + "%F0%9F%92%A9%20",
    ];

    /// <summary>In place of the value of a header; below HTTP where it holds a control or is no UTF-8.</summary>
    public static readonly string[] HeaderValues =
    [
        "", " ", "x", "-1", "0", "99999999999999999999999", "Bearer", "Bearer ", "Bearer \t", "Basic YTpi",
        "Bearer a b",
        "v1=", "v1=zz", "v1=" + new string('0', 64), "v2=" + new string('0', 64), "*", "*/*", ";q=",
        "en;q=9,fr;q=-1", ",,,,",
        "xx-YY-zz-AA", "gat_00000000000000000000000000", "+1", "1e3", "0x1F", "٣", "\u00e9", "a\0b", "a\u0001b",
        "a\u007fb",
        "\ud800", new string('k', 201), new string('a', 8_000),
    ];

    public static readonly string[] Headers =
    [
        "Idempotency-Key", "Accept-Language", "Authorization", "X-Gate-Device", "X-Gate-Time", "X-Gate-Seq",
        "X-Gate-Signature", "X-Antiforgery", "Cookie", "Accept", "Content-Encoding", "Expect", "Range", "If-None-Match",
        "X-Forwarded-For", "X-HTTP-Method-Override", "Origin", "Upgrade", "Transfer-Encoding", "Content-Length",
    ];

    public static readonly string[] Methods =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X"];

    public static readonly string[] ContentTypes =
    [
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "", "json",
        "application/json; charset=utf-16", "application/json;;;", "application/problem+json", "*/*",
        "application/\u00e9",
    ];

    /// <summary>A whole body that is not one.</summary>
    public static byte[] Body(Random random) => random.Next(9) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5_000))),
        2 => Encoding.UTF8.GetBytes("{\"a\":" + new string('{', random.Next(1, 100))),
        3 => Noise(random),
        4 => Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]),
        5 => Encoding.UTF8.GetBytes("{} {}"),
        6 => Encoding.Unicode.GetBytes("{\"name\":\"a\"}"),
        7 => [.. "\"\\u"u8, .. Noise(random)],
        _ => Encoding.UTF8.GetBytes("{\"" + new string('k', random.Next(1, 2_000)) + "\":1}"),
    };

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        return noise;
    }
}
