namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>An instruction of a <see cref="PtxProgram"/>. Operands are slots of a thread's registers.</summary>
/// <param name="Name">The instruction up to its first dot, and what else decides what it does.</param>
/// <param name="Type">The last suffix, such as <c>f32</c>.</param>
/// <param name="Operands">Result first; of a store, the address comes last.</param>
/// <param name="Width">1, 2 or 4 values of a load or store.</param>
/// <param name="Offset">Bytes from the address of a load or store; the target of a branch.</param>
/// <param name="Guard">The predicate that it waits for, or -1.</param>
/// <param name="GuardValue">What that must be.</param>
internal sealed record PtxInstruction(
    PtxOperation Name, string Type, int[] Operands, int Width, int Offset, int Guard, bool GuardValue);
