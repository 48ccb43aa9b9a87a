namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>What an instruction takes its operands for.</summary>
internal enum PtxType
{
    Integer,
    Unsigned,
    Long,
    Float,
    Double,
    Predicate,
}
