using MusicPipeline.Local.Cli;

using var shutdown = new Shutdown();
return await new CommandLine(new Terminal()).RunAsync(args, shutdown);
