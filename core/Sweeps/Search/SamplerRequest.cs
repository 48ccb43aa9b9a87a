using MusicPipeline.Sweeps.Search.Sampling;

namespace MusicPipeline.Sweeps.Search;

/// <summary>How points of the space are chosen, and how many; a sampler takes parameters of its own and no others.</summary>
public sealed record SamplerRequest
{
    /// <summary>The sampler.</summary>
    public SamplerKind Kind { get; init; }

    /// <summary>Points to choose, 1 to 10,000; required of all but the grid, which has them all.</summary>
    public int? Trials { get; init; }

    /// <summary>Seed of the choice, not of the trials; 1 by default. The grid has none.</summary>
    public int? Seed { get; init; }

    /// <summary>TPE: trials at random before it learns; 10 by default.</summary>
    public int? StartupTrials { get; init; }

    /// <summary>TPE: candidates that it draws for each point; 24 by default.</summary>
    public int? Candidates { get; init; }

    /// <summary>The sampler with its parameters.</summary>
    public ISampler Create() => Kind switch
    {
        SamplerKind.Random => new RandomSampler(Seed ?? 1),
        SamplerKind.Sobol => new SobolSampler(Seed ?? 1),
        SamplerKind.Tpe => new TpeSampler(Seed ?? 1, StartupTrials ?? 10, Candidates ?? 24),
        _ => new GridSampler(),
    };
}
