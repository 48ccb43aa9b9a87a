namespace MusicPipeline.Data.Arrays;

/// <summary>
/// What the header of a <c>.npy</c> file says, after
/// <see href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's format description</see>.
/// </summary>
/// <param name="Version">Major version of the format, 1 to 3.</param>
/// <param name="ElementType">Type of the elements.</param>
/// <param name="BigEndian">Whether the elements' most significant byte comes first.</param>
/// <param name="FortranOrder">Whether the first axis runs fastest in the file.</param>
/// <param name="Shape">Length of each axis; none for a single number.</param>
/// <param name="Count">Number of elements, the product of the shape.</param>
public sealed record NpyHeader(
    int Version, NpyElementType ElementType, bool BigEndian, bool FortranOrder, long[] Shape, long Count)
{
    /// <summary>NumPy's type string: <c>&lt;f4</c>.</summary>
    public string Descriptor => ElementType.Descriptor(BigEndian);

    /// <summary>NumPy's type name: <c>float32</c>.</summary>
    public string ElementName => ElementType.Name();

    /// <summary>The shape as NumPy prints it: <c>(66247, 120)</c>, <c>(120,)</c>, <c>()</c>.</summary>
    public string ShapeText =>
        Shape.Length == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";

    /// <summary>Bytes of the elements, which follow the header to the end of the file.</summary>
    public long DataLength => Count * ElementType.Size();

    // An array with at most one axis longer than 1 lies the same way in both orders.
    internal bool NeedsTranspose => FortranOrder && Count > 0 && Shape.Count(axis => axis > 1) > 1;
}
