namespace MusicPipeline.GpuCheck;

/// <summary>What the command line says.</summary>
/// <param name="Accelerator"><c>cuda</c>, or <c>cpu</c> for ILGPU's CPU accelerator, on which everything is tiny.</param>
/// <param name="Benchmark">Whether to measure as well.</param>
/// <param name="Reference">Folder of a recorded float64 run, or null for the one made here.</param>
/// <param name="Data">Folder of <c>notes_{train,test}_{data,labels}.npy</c>, or null for made-up rows.</param>
/// <param name="Json">File to write the results to, or null for standard output.</param>
internal sealed record Options(string Accelerator, bool Benchmark, string? Reference, string? Data, string? Json)
{
    public const string Usage =
        "gpu-check [--accelerator cuda|cpu] [--no-benchmark] [--reference DIR] [--data DIR] [--json FILE]";

    /// <summary>Whether the device is simulated, and shapes must be tiny.</summary>
    public bool Simulated => Accelerator == "cpu";

    /// <summary>The options, or null where the arguments are none.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options("cuda", Benchmark: true, Reference: null, Data: null, Json: null);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--no-benchmark")
            {
                options = options with { Benchmark = false };
                continue;
            }

            if (i + 1 == arguments.Length) return null;
            var value = arguments[++i];
            switch (arguments[i - 1])
            {
                case "--accelerator" when value is "cuda" or "cpu":
                    options = options with { Accelerator = value };
                    break;
                case "--reference":
                    options = options with { Reference = value };
                    break;
                case "--data":
                    options = options with { Data = value };
                    break;
                case "--json":
                    options = options with { Json = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
