namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>An instruction of a <see cref="PtxProgram"/>. Operands are slots of a thread's registers.</summary>
/// <param name="operation">What it does.</param>
/// <param name="type">The last suffix, such as <c>f32</c>.</param>
/// <param name="operands">Result first; of a load or store, the address comes last.</param>
internal sealed class PtxInstruction(PtxOperation operation, string type, int[] operands)
{
    public readonly PtxOperation Operation = operation;

    public readonly PtxType Type = type switch
    {
        "f32" => PtxType.Float,
        "f64" => PtxType.Double,
        "pred" => PtxType.Predicate,
        "s64" or "u64" or "b64" => PtxType.Long,
        "u32" => PtxType.Unsigned,
        _ => PtxType.Integer,
    };

    public readonly int[] Operands = operands;
    public readonly int Target = operands.Length > 0 ? operands[0] : 0;
    public readonly int First = operands.Length > 1 ? operands[1] : 0;
    public readonly int Second = operands.Length > 2 ? operands[2] : 0;
    public readonly int Third = operands.Length > 3 ? operands[3] : 0;

    /// <summary>Bytes of a value that is loaded or stored.</summary>
    public readonly int Size = type.EndsWith("64", StringComparison.Ordinal) ? 8 : 4;

    /// <summary>1, 2 or 4 values of a load or store.</summary>
    public required int Width { get; init; }

    /// <summary>Bytes from the address of a load or store; the target of a branch.</summary>
    public required int Offset { get; init; }

    /// <summary>The predicate that it waits for, or -1.</summary>
    public required int Guard { get; init; }

    /// <summary>What that must be.</summary>
    public required bool GuardValue { get; init; }
}
