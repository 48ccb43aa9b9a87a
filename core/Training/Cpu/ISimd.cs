namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The vector instructions that the kernels are written in. A kernel takes an implementation as a struct type
/// argument, so the JIT compiles it once for each width, with every call inlined to its instruction.
/// </summary>
/// <typeparam name="TVector">A vector of float32 lanes.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>Vectors side by side in the widest panel whose tile of four rows stays in registers: 4, 2 or 1.</summary>
    static abstract int PanelVectors { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector Create(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary><c>left * right + addend</c>, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary><c>addend - left * right</c>.</summary>
    static abstract TVector NegatedMultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary><paramref name="value"/> but not below the bound; NaN stays NaN.</summary>
    static abstract TVector AtLeast(TVector bound, TVector value);

    /// <summary><paramref name="value"/> but not above the bound; NaN stays NaN.</summary>
    static abstract TVector AtMost(TVector bound, TVector value);

    /// <summary>Lane by lane, <c>left &gt; right ? greater : otherwise</c>.</summary>
    static abstract TVector SelectGreater(TVector left, TVector right, TVector greater, TVector otherwise);

    /// <summary><c>1 / value</c> of finite values, to the last place or so.</summary>
    static abstract TVector Reciprocal(TVector value);

    /// <summary>Square root of positive normal values, to the last place or so.</summary>
    static abstract TVector Sqrt(TVector value);

    /// <summary>
    /// <c>value * 2^n</c>, where n stands in the low bits of <paramref name="biased"/>, a float to which
    /// 1.5 * 2^23 was added; both the value and the result are normal.
    /// </summary>
    static abstract TVector Scale(TVector value, TVector biased);

    /// <summary>Sum of the lanes.</summary>
    static abstract float Sum(TVector value);
}
