using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Functions.Uploads;
using Xunit;

namespace MusicPipeline.Functions.Tests.Publishing;

/// <summary>What is published is the app, all of it, and runs where it is meant to run.</summary>
public sealed class PublishTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    private static IEnumerable<string> FunctionNames =>
        from type in typeof(UploadFunctions).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select function.Name;

    [Fact]
    public void The_Host_Is_Told_Of_Every_Function() =>
        Assert.Equal(
            FunctionNames.Order(StringComparer.Ordinal),
            app.Functions.Select(function => (string)function["name"]!).Order(StringComparer.Ordinal));

    [Fact]
    public void Native_Libraries_Are_Those_Of_One_Platform()
    {
        var files = Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(app.Folder, file)).ToList();

        Assert.Contains("libonnxruntime.so", files);
        Assert.Contains("libSkiaSharp.so", files);
        Assert.DoesNotContain(files, file => file.Contains("/native/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".dylib" or ".lib" or ".a");
        Assert.DoesNotContain(files, file => Path.GetExtension(file) == ".dll" && !IsManaged(Path.Combine(app.Folder, file)));
        Assert.DoesNotContain(files, file => file.EndsWith("local.settings.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Host_Loads_Every_Function_Of_It()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var host = await StubFunctionsHost.StartAsync(cancellationToken);
        using var worker = Start(host);
        try
        {
            await host.ReceiveAsync(message => message.Started, cancellationToken);
            host.Send(new StreamingMessage { Initialize = new WorkerInitRequest { HostVersion = "4.1037.0" } });
            var initialized = await host.ReceiveAsync(message => message.Initialized, cancellationToken);
            Assert.True(Succeeded(initialized.Result), initialized.Result.Exception?.Message);

            foreach (var function in app.Functions)
            {
                host.Send(new StreamingMessage { Load = LoadRequest(function) });
                var loaded = await host.ReceiveAsync(message => message.Loaded, cancellationToken);
                Assert.Equal((string)function["name"]!, loaded.FunctionId);
                Assert.True(Succeeded(loaded.Result), $"{loaded.FunctionId}: {loaded.Result.Exception?.Message}");
            }

            // A worker that took everything for loaded would show nothing.
            var unknown = LoadRequest(app.Functions[0]);
            unknown.Metadata.EntryPoint = "MusicPipeline.Functions.Uploads.UploadFunctions.Nothing";
            host.Send(new StreamingMessage { Load = unknown });
            Assert.False(Succeeded((await host.ReceiveAsync(message => message.Loaded, cancellationToken)).Result));
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
        }
    }

    private static bool Succeeded(StatusResult result) => result.Status == StatusResult.Types.Status.Success;

    private static bool IsManaged(string file)
    {
        using var reader = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return reader.HasMetadata;
    }

    private static FunctionLoadRequest LoadRequest(JsonNode function) => new()
    {
        FunctionId = (string)function["name"]!,
        Metadata = new FunctionMetadata
        {
            Name = (string)function["name"]!,
            ScriptFile = (string)function["scriptFile"]!,
            EntryPoint = (string)function["entryPoint"]!,
            Bindings =
            {
                function["bindings"]!.AsArray().ToDictionary(
                    binding => (string)binding!["name"]!,
                    binding => new Binding
                    {
                        Type = (string)binding!["type"]!,
                        Direction = string.Equals((string?)binding["direction"], "out", StringComparison.OrdinalIgnoreCase)
                            ? Binding.Types.Direction.Out
                            : Binding.Types.Direction.In,
                    },
                    StringComparer.Ordinal),
            },
        },
    };

    private Process Start(StubFunctionsHost host)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "MusicPipeline.Functions.dll", "--functions-uri", host.Url, "--functions-worker-id", "worker",
                "--functions-request-id", "request", "--functions-grpc-max-message-length", "4194304",
            },
            WorkingDirectory = app.Folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["AzureWebJobsStorage"] = host.Storage, ["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder },
        };
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => host.Lose();
        process.Start();
        // Read away, or a full pipe would hold it up.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
