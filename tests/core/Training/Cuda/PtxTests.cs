using System.Globalization;
using System.Text.RegularExpressions;
using MusicPipeline.Training.Cuda.Kernels;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>What matters for speed in the code that a driver gets.</summary>
public sealed partial class PtxTests
{
    // What a group may have without asking the driver for more.
    private const int SharedMemoryOfGroup = 48 * 1024;

    // ILGPU names the oldest architecture that has all it uses, so 9.0 is compiled as 8.0; drivers take that for any later one.
    public static TheoryData<string, int, int> Kernels
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            foreach (var kernel in CompiledKernels.All)
            {
                cases.Add(kernel.Name, 7, 5);
                cases.Add(kernel.Name, 8, 0);
                cases.Add(kernel.Name, 9, 0);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_Kernel_Keeps_Everything_In_Registers_And_Shared_Memory(string name, int major, int minor)
    {
        var ptx = Compile(name, major, minor);

        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(atom|red|div\.rn|div\.approx)\.", ptx);
        var shared = SharedArray().Matches(ptx).Sum(array => int.Parse(array.Groups["length"].Value, CultureInfo.InvariantCulture));
        Assert.InRange(shared, 0, SharedMemoryOfGroup);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_Kernel_Is_Free_Of_What_Ilgpu_Compiles_Wrongly(string name, int major, int minor)
    {
        var ptx = Compile(name, major, minor);

        // At its highest level of optimization, ILGPU 1.5.3 tells the driver that all threads take a branch the same way
        // where each decides by its own numbers.
        Assert.DoesNotMatch(@"@!?%p\d+ bra\.uni", ptx);

        // Of "condition ? 1f : 0f" it makes the bits of the integer 1.
        Assert.DoesNotMatch(@"selp\.\w+\s+%f\d+,.*0f00000001", ptx);
    }

    [Theory]
    [InlineData(nameof(ForwardKernel), 4, 4, 4)]
    [InlineData(nameof(BackwardKernel), 2, 2, 8)]
    [InlineData(nameof(OutputKernel), 2, 2, 4)]
    public void An_Inner_Loop_Is_Vector_Loads_And_Fused_Multiply_Adds(string name, int steps, int rightLoads, int rows)
    {
        foreach (var (major, minor) in ((int, int)[])[(7, 5), (8, 0), (9, 0)])
        {
            // The loop over what is in shared memory is the block with the most multiply-adds and no barrier in it.
            var loop = Blocks().Split(Compile(name, major, minor))
                .MaxBy(block => Count(block, "fma.rn.f32") - (1000 * Count(block, "rcp")))!;

            Assert.Equal(steps * rows * 4, Count(loop, "fma.rn.f32"));
            Assert.Equal((steps * rows / 4) + rightLoads, Count(loop, "ld.shared.v4.f32"));
            Assert.Equal(Count(loop, "ld.shared.v4.f32"), Count(loop, "ld."));
            Assert.Equal(0, Count(loop, "mul.f32") + Count(loop, "add.f32") + Count(loop, "st."));
        }
    }

    [Fact]
    public void Weights_And_Moments_Pass_In_Vectors()
    {
        var ptx = Compile(nameof(BackwardKernel), 9, 0);

        // Three quantities of eight rows of features and of two classes.
        Assert.Equal(3 * (8 + 2), Count(ptx, "st.v4.f32"));
        Assert.InRange(Count(ptx, "ld.v4.f32"), 3 * (8 + 2), int.MaxValue);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Compile(string name, int major, int minor) =>
        CompiledKernels.Compile(CompiledKernels.All.Single(kernel => kernel.Name == name), major, minor).PTXAssembly
            .ReplaceLineEndings("\n");

    [GeneratedRegex(@"\.shared \.align \d+ \.b8 \w+\[(?<length>\d+)\];", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SharedArray();

    [GeneratedRegex(@"^\s*\w+:\s*$|bar\.sync", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();
}
