using SmartClub.Simulated;

return Verb.Run(args);
