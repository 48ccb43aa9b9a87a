using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Commands;

using var shutdown = new Shutdown();
return await new CommandLine(new Terminal()).RunAsync(args, shutdown);
