using System.Runtime.InteropServices;
using SmartClub.Agent.Verbs;
using SmartClub.Devices;
using SmartClub.Devices.Verbs;
using SmartClub.Setup;

const string Usage = """
    usage: smartclub-agent VERB --state DIR [options]

      enrol      --url URL[,URL] --code CODE
                 makes this box the door that the code was made for
      run        [--reader stdin|serial:PORT[:BAUD]|wedge:DEVICE|http:PORT|zk:ADDRESS:PORT:SERIAL
                       |camera]
                 [--format NAME] [--direction in|out]
                 [--reader2 … --format2 … --direction2 …] [--relay console|gpio:PIN|serial:PORT|http://…]
                 [--inputs passage=PIN,fire=PIN,tamper=PIN,held=PIN] [--page PORT]
                 [--mode deny|staff|listed]
                 is the door until stopped
      self-test  [--relay …]
                 tries every part and says what is wrong
      staff      --name NAME --value VALUE [--format NAME]
                 keeps a badge of staff for --mode staff

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
try
{
    var arguments = new Arguments([.. args.Skip(1)]);
    switch (args.FirstOrDefault())
    {
        case "enrol":
            return await EnrolVerb.Run(arguments, output, TimeProvider.System, stopping.Token);
        case "run":
            return await RunVerb.Run(arguments, output, TimeProvider.System, stopping.Token);
        case "self-test":
            return await SelfTestVerb.Run(arguments, output, TimeProvider.System, stopping.Token);
        case "staff":
            return StaffVerb.Run(arguments, output);
        default:
            output.Fault(Usage);
            return 2;
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (DeviceException fault)
{
    output.Fault(Words.AsWished(fault.Sentence));
    return 1;
}
