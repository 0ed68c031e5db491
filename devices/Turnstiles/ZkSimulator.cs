using System.Globalization;
using System.Text;

namespace SmartClub.Devices.Turnstiles;

/// <summary>
/// A turnstile of ZKTeco's kind: it reports for work, tells each card that is held to it, asks for orders and says what
/// it did. What it heard and how often it opened can be looked at.
/// </summary>
public sealed class ZkSimulator(HttpClient http, string serial)
{
    private long _index;

    /// <summary>How often it opened.</summary>
    public int Openings { get; private set; }

    /// <summary>The last order as it came.</summary>
    public string? LastOrder { get; private set; }

    /// <summary>Reports for work; the options that it is given.</summary>
    public async Task<string> Register(CancellationToken stop) =>
        await http.GetStringAsync($"/iclock/cdata?SN={serial}&options=all&pushver=3.1.1", stop);

    /// <summary>Somebody holds a card to it; it tells that, once or, unheard, again.</summary>
    public async Task Show(string card, bool isOut, int times, CancellationToken stop)
    {
        _index++;
        for (var i = 0; i < times; i++)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"time=2026-11-24 18:05:00\tpin=0\tcardno={card}\teventaddr=1\tevent=27\t"
                + $"inoutstatus={(isOut ? 1 : 0)}\tverifytype=4\tindex={_index}\n");
            await Post("cdata", "&table=rtlog", line, stop);
        }
    }

    /// <summary>Asks for orders until there are none.</summary>
    public async Task Poll(CancellationToken stop)
    {
        while (await http.GetStringAsync($"/iclock/getrequest?SN={serial}", stop) is var told && told != "OK")
        {
            LastOrder = told.Trim();
            var number = LastOrder.Split(':')[1];
            Openings += LastOrder.EndsWith("05", StringComparison.Ordinal) ? 1 : 0;
            await Post("devicecmd", "", $"ID={number}&Return=0&CMD=CONTROL DEVICE", stop);
        }
    }

    private async Task Post(string path, string more, string body, CancellationToken stop)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var answer = await http.PostAsync($"/iclock/{path}?SN={serial}{more}", content, stop);
        answer.EnsureSuccessStatusCode();
    }
}
