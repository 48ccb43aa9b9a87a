namespace MusicPipeline.Training.Cpu;

/// <summary>Width of the vectors that a network computes with, in bits.</summary>
internal enum VectorWidth
{
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}
