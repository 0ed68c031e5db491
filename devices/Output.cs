namespace SmartClub.Devices;

/// <summary>The only place that touches the console, so that tests can read what a verb printed.</summary>
public sealed class Output(TextWriter lines, TextWriter faults)
{
    private readonly Lock _lock = new();

#pragma warning disable RS0030 // This class is what the ban on the console leads to.
    public static Output ToConsole() => new(Console.Out, Console.Error);

    public static TextReader Input() => new StreamReader(Console.OpenStandardInput());
#pragma warning restore RS0030

    public void Line(string text)
    {
        lock (_lock)
        {
            lines.WriteLine(text);
            lines.Flush();
        }
    }

    public void Fault(string text)
    {
        lock (_lock)
        {
            faults.WriteLine(text);
            faults.Flush();
        }
    }
}
