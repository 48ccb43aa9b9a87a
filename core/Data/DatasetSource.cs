namespace MusicPipeline.Data;

/// <summary>One of the files that a data set was made from, such as its four arrays.</summary>
/// <param name="File">File name: <c>notes_train_data.npy</c>.</param>
/// <param name="ElementType">NumPy's name of the element type, such as <c>&lt;f4</c>.</param>
/// <param name="Shape">Shape as uploaded.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the file.</param>
public sealed record DatasetSource(string File, string ElementType, long[] Shape, string Sha256);
