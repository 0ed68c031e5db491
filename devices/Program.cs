using System.Runtime.InteropServices;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Staff;
using SmartClub.Devices.Verbs;
using SmartClub.Setup;

const string Usage = """
    usage: SmartClub.Devices VERB [options]

      demo    --url URL --login FILE --state DIR [--swipes FILE] [--speed N] [--volume N] [--seed N]
              [--members N] [--at 2015-03-02T06:00]
              sets up a demo club and lives in it until stopped
      check   --url URL --login FILE --state DIR
              asks every acknowledged scan again and compares the answers, also beside a running demo
      replay  --swipes FILE [--url URL --login FILE --state DIR] [--speed N] [--seed N] [--members N]
              a whole swipe file once; speed 0 is as fast as possible
      gates   --url URL --keys FILE [--rate N] [--connections N] [--seconds N]
              a plain load of scans; DIR/keys.json of a demo is such a file
      derive-arrivals FILE
              prints the table of arrivals and stays of a swipe file

      --url URL[,URL]   more than one where a silo stands by for another
      --trust CERT.pem  for a silo whose certificate nobody else vouches for
    """;

var output = Output.ToConsole();
using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var clock = TimeProvider.System;
try
{
    var arguments = new Arguments([.. args.Skip(1)]);
    switch (args.FirstOrDefault())
    {
        case "demo":
            return await DemoVerb.Run(arguments, output, clock, stopping.Token);
        case "check":
            return await CheckVerb.Run(arguments, output, clock, stopping.Token);
        case "replay":
            return await ReplayVerb.Run(arguments, output, clock, stopping.Token);
        case "gates":
            return await GatesVerb.Run(arguments, output, clock, stopping.Token);
        case "derive-arrivals":
            return DeriveVerb.Run(arguments, output);
        default:
            output.Fault(Usage);
            return 2;
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    // A demo is meant to be stopped; anything else that was stopped has not said what it was asked.
    return args[0] == "demo" ? 0 : 130;
}
catch (DeviceException fault)
{
    output.Fault(Words.AsWished(fault.Sentence));
    return 1;
}
catch (StaffRefusedException refusal)
{
    output.Fault(Words.AsWished(refusal.Sentence));
    return 1;
}
catch (Exception fault) when (fault is GateRefusedException or GateUnansweredException)
{
    output.Fault(Words.AsWished($"A gate got no answer. {fault.Message}"));
    return 1;
}
