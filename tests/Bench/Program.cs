using SmartClub.Bench;

return await Bench.Run(args);
