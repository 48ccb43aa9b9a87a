using System.Diagnostics;
using System.Text.Json;
using MusicPipeline.GpuCheck;

if (args is [DeviceChoice.Argument]) return DeviceChoice.Probe();
if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var clock = Stopwatch.StartNew();
var gpu = new Gpu(options);
var (device, reason) = gpu.Open();
Console.WriteLine($"device: {reason}");
if (device is null) return 1;
var startUp = clock.Elapsed.TotalSeconds;
Console.WriteLine($"opened, and kernels compiled, in {startUp:F2} s");
Console.WriteLine();

var checks = new Checks(options, gpu, device);
Outcome[] outcomes =
[
    Check("reference", checks.Reference),
    Check("pack against CPU", checks.PackAgainstCpu),
    Check("same bits", checks.SameBits),
    Check("memory limits", checks.MemoryLimits),
    Check("device choice", DeviceChoice.Check),
];

// Its memory is for the benchmark.
device.Dispose();
var measurements = new List<Measurement>();
if (options.Benchmark)
{
    Console.WriteLine();
    Console.WriteLine("workload    trials epochs  seconds  target  arithmetic floor  share  byte floor  share");
    foreach (var m in new Benchmark(options, gpu).Measure())
    {
        measurements.Add(m);
        Console.WriteLine(
            $"{m.Workload,-11} {m.Trials,6} {m.Epochs,6} {m.Seconds,8:F3} {m.TargetSeconds,7:F1} {m.ArithmeticFloor,17:F3} "
            + $"{m.ArithmeticShare,6:P0} {m.ByteFloor,11:F3} {m.ByteShare,6:P0}");
    }
}

var json = JsonSerializer.Serialize(
    new { device = reason, date = DateTime.UtcNow, startUpSeconds = startUp, checks = outcomes, benchmark = measurements },
    JsonSerializerOptions.Web);
Console.WriteLine();
if (options.Json is { } file) File.WriteAllText(file, json);
else Console.WriteLine(json);
var passed = outcomes.Count(outcome => outcome.Passed);
Console.WriteLine($"{passed} passed, {outcomes.Length - passed} failed");
return passed == outcomes.Length ? 0 : 1;

static Outcome Check(string name, Func<(bool Passed, string Detail)> check)
{
    var clock = Stopwatch.StartNew();
    (bool Passed, string Detail) result;
    try
    {
        result = check();
    }
    catch (Exception exception)
    {
        // A check that throws has failed, and the next one still runs.
        result = (false, $"{exception.GetType().Name}: {exception.Message}");
    }

    Console.WriteLine($"{(result.Passed ? "ok  " : "FAIL")} {name,-17} {clock.Elapsed.TotalSeconds,6:F1} s  {result.Detail}");
    return new Outcome(name, result.Passed, result.Detail, clock.Elapsed.TotalSeconds);
}
