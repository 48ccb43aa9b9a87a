namespace MusicPipeline.Sweeps.Search;

/// <summary>The ways to choose points of a space.</summary>
public enum SamplerKind
{
    /// <summary>All of them; see <see cref="Sampling.GridSampler"/>.</summary>
    Grid,

    /// <summary>At random; see <see cref="Sampling.RandomSampler"/>.</summary>
    Random,

    /// <summary>Evenly spread; see <see cref="Sampling.SobolSampler"/>.</summary>
    Sobol,

    /// <summary>Where good ones were found; see <see cref="Sampling.TpeSampler"/>.</summary>
    Tpe,
}
