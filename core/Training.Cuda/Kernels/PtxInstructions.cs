using System.Reflection;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// Turns the marked functions of <see cref="KernelMath"/> into PTX instructions. ILGPU knows no fused multiply-add, and
/// its own exponential and logarithm need NVIDIA's toolkit.
/// </summary>
internal static class PtxInstructions
{
    /// <summary>Makes the functions known to a context, before its first kernel is compiled.</summary>
    public static void Register(Context context)
    {
        Register(context, nameof(KernelMath.MultiplyAdd), nameof(MultiplyAdd));
        Register(context, nameof(KernelMath.Exp2), nameof(Exp2));
        Register(context, nameof(KernelMath.Log2), nameof(Log2));
        Register(context, nameof(KernelMath.Reciprocal), nameof(Reciprocal));
        Register(context, nameof(KernelMath.Sqrt), nameof(Sqrt));
    }

    private static void Register(Context context, string function, string generator) =>
        context.GetIntrinsicManager().RegisterMethod(
            typeof(KernelMath).GetMethod(function, BindingFlags.Static | BindingFlags.Public)!,
            new PTXIntrinsic(typeof(PtxInstructions), generator, IntrinsicImplementationMode.GenerateCode));

    private static void MultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, call, "fma.rn.f32", 3);

    private static void Exp2(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, call, "ex2.approx.ftz.f32", 1);

    private static void Log2(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, call, "lg2.approx.ftz.f32", 1);

    private static void Reciprocal(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, call, "rcp.approx.ftz.f32", 1);

    private static void Sqrt(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, call, "sqrt.approx.ftz.f32", 1);

    private static void Emit(PTXCodeGenerator generator, Value call, string instruction, int arguments)
    {
        var operands = new PTXRegisterAllocator.PrimitiveRegister[arguments];
        for (var i = 0; i < arguments; i++) operands[i] = generator.LoadPrimitive(call[i]);
        var result = generator.AllocateHardware(call);
        using var command = generator.BeginCommand(instruction);
        command.AppendArgument(result);
        foreach (var operand in operands) command.AppendArgument(operand);
    }
}
