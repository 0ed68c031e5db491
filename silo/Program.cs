using SmartClub.Silo;

return await Entry.Run(args);
