using System.Runtime.Intrinsics;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed unsafe class VectorFunctionsTests
{
    private static readonly int[] AllWidths = [128, 256, 512];

    public static TheoryData<int> Widths => [.. AllWidths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exponential_Is_Right_To_Two_Units_In_The_Last_Place(int width)
    {
        for (var x = -87f; x <= 87f; x += 0.0137f)
        {
            var expected = Math.Exp(-(double)x);
            Assert.Equal(expected, Apply(width, 0, x), 2 * MathF.BitIncrement((float)expected) - 2 * (float)expected);
        }

        Assert.Equal(1f, Apply(width, 0, 0));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sigmoid_Is_Right_To_Its_Ends(int width)
    {
        for (var x = -29.9f; x < 29.9f; x += 0.00731f)
        {
            var expected = 1 / (1 + Math.Exp(-(double)x));
            Assert.Equal(expected, Apply(width, 1, x), 3 * (MathF.BitIncrement((float)expected) - (float)expected));
        }

        Assert.Equal(0.5f, Apply(width, 1, 0));
        Assert.Equal(1f, Apply(width, 1, float.PositiveInfinity));
        Assert.InRange(Apply(width, 1, float.NegativeInfinity), 0f, 1e-12f);
        Assert.True(float.IsNaN(Apply(width, 1, float.NaN)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Hyperbolic_Tangent_Is_Right_To_Its_Ends(int width)
    {
        for (var x = -17f; x < 17f; x += 0.00317f)
        {
            var expected = Math.Tanh(x);
            var unit = MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected);
            Assert.Equal(expected, Apply(width, 4, x), 4 * unit);
        }

        for (var x = 1e-30f; x < 1f; x *= 1.7f) Assert.Equal(Math.Tanh(x), Apply(width, 4, x), 2e-7 * x);
        Assert.Equal(0f, Apply(width, 4, 0));
        Assert.Equal(1f, Apply(width, 4, float.PositiveInfinity));
        Assert.Equal(-1f, Apply(width, 4, float.NegativeInfinity));
        Assert.True(float.IsNaN(Apply(width, 4, float.NaN)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Reciprocals_And_Roots_Are_Right_To_Two_Units_In_The_Last_Place(int width)
    {
        for (var x = 1e-28f; x < 1e28f; x *= 1.0371f)
        {
            Assert.Equal(1.0 / x, Apply(width, 2, x), 2 * (MathF.BitIncrement(1 / x) - (1 / x)));
            Assert.Equal(Math.Sqrt(x), Apply(width, 3, x), 2 * (MathF.BitIncrement(MathF.Sqrt(x)) - MathF.Sqrt(x)));
        }
    }

    private static float Apply(int width, int function, float x) => width switch
    {
        128 => Apply<Simd128, Vector128<float>>(function, x),
        256 => Apply<Simd256, Vector256<float>>(function, x),
        _ => Apply<Simd512, Vector512<float>>(function, x),
    };

    private static float Apply<TSimd, TVector>(int function, float x)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var lanes = stackalloc float[16];
        var value = TSimd.Create(x);
        TSimd.Store(
            function switch
            {
                0 => VectorFunctions<TSimd, TVector>.ExpOfNegative(value),
                1 => VectorFunctions<TSimd, TVector>.Sigmoid(value),
                2 => TSimd.Reciprocal(value),
                3 => TSimd.Sqrt(value),
                _ => VectorFunctions<TSimd, TVector>.Tanh(value),
            },
            lanes);
        return lanes[TSimd.Lanes - 1];
    }
}
