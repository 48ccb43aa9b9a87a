using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>
/// Runs compiled kernels instruction by instruction, as a GPU would: what ILGPU's CPU accelerator cannot test is what
/// ILGPU's compiler makes of a kernel. The threads of a group take turns between barriers, in the order of their numbers in
/// every other group and against it in the rest, so that a missing barrier shows.
/// </summary>
internal sealed unsafe class PtxMachine(PtxProgram program)
{
    /// <summary>Launches the kernel for a grid of groups of one dimension.</summary>
    public void Launch<T>(KernelConfig config, T task)
        where T : struct
    {
        var bytes = new List<byte>();
        Append(bytes, task);
        var parameters = bytes.ToArray();
        var shared = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(program.SharedBytes, 16), 16);
        try
        {
            fixed (byte* address = parameters)
            {
                var threads = new PtxThread[config.GroupDim.X];
                for (var i = 0; i < threads.Length; i++) threads[i] = new PtxThread(program, address);
                for (var z = 0; z < config.GridDim.Z; z++)
                {
                    for (var y = 0; y < config.GridDim.Y; y++)
                    {
                        for (var x = 0; x < config.GridDim.X; x++) RunGroup(threads, shared, (x, y, z));
                    }
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(shared);
        }
    }

    private void RunGroup(PtxThread[] threads, byte* shared, (int X, int Y, int Z) group)
    {
        // What is in shared memory at the start is anything.
        new Span<byte>(shared, program.SharedBytes).Fill(0xFF);
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i].Start(
                shared,
                [
                    (program.Slot("%tid.x"), (ulong)i),
                    (program.Slot("%ctaid.x"), (ulong)group.X),
                    (program.Slot("%ctaid.y"), (ulong)group.Y),
                    (program.Slot("%ctaid.z"), (ulong)group.Z),
                ]);
        }

        var backwards = (group.X + group.Y) % 2 == 1;
        while (!threads[0].Done)
        {
            for (var i = 0; i < threads.Length; i++) threads[backwards ? threads.Length - 1 - i : i].Run();
            if (Array.Exists(threads, thread => thread.Done != threads[0].Done))
                throw new InvalidOperationException("Some threads wait at a barrier that others never reach.");
        }
    }

    // As ILGPU lays out a kernel's parameter: a view is an address and a length.
    private static void Append(List<byte> bytes, object value)
    {
        switch (value)
        {
            case int number:
                bytes.AddRange(BitConverter.GetBytes(number));
                break;
            case float number:
                bytes.AddRange(BitConverter.GetBytes(number));
                break;
            case IArrayView view:
                while (bytes.Count % 8 != 0) bytes.Add(0);
                var address = view.Length == 0 ? 0 : (nint)typeof(PtxMachine)
                    .GetMethod(nameof(AddressOf), BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(value.GetType().GetGenericArguments()).Invoke(null, [value])!;
                bytes.AddRange(BitConverter.GetBytes((long)address));
                bytes.AddRange(BitConverter.GetBytes(view.Length));
                break;
            default:
                foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
                    Append(bytes, field.GetValue(value)!);
                break;
        }
    }

    private static nint AddressOf<T>(ArrayView<T> view)
        where T : unmanaged => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref view[0]);
}
