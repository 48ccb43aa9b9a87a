namespace MusicPipeline.Training.Cpu;

/// <summary>An activation over the lanes of a vector. The JIT compiles each kernel once for each implementation.</summary>
/// <typeparam name="TVector">A vector of float32 lanes.</typeparam>
internal interface IActivationFunction<TVector>
    where TVector : unmanaged
{
    /// <summary>The activation of sums; NaN stays NaN.</summary>
    static abstract TVector Value(TVector sum);

    /// <summary>Its derivative, from its value.</summary>
    static abstract TVector Slope(TVector value);
}
