using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>Labels as they were uploaded: integers of any width, one a row.</summary>
/// <param name="Values">The label of each row.</param>
public sealed record LabelVector(long[] Values)
{
    /// <summary>Reads an array of integers (or bool) of shape (rows,) or (rows, 1).</summary>
    /// <exception cref="InputException">The shape is another, or the labels are no integers.</exception>
    public static async Task<LabelVector> ReadAsync(NpyReader reader, CancellationToken cancellationToken = default)
    {
        CheckHeader(reader.Header);
        return new LabelVector(await reader.ReadIntegersAsync(cancellationToken));
    }

    /// <summary>Checks what can be told before any element is read: shape and type.</summary>
    /// <exception cref="InputException">The shape is another, or the labels are no integers.</exception>
    internal static void CheckHeader(NpyHeader header)
    {
        var isVector = header.Shape is [_] or [_, 1];
        if (!isVector)
        {
            throw new InputException(
                $"labels have the shape {header.ShapeText}, not one number a row",
                header.Shape.Length == 2
                    ? "save labels.argmax(axis=1) where the rows are one-hot, or labels.ravel() otherwise"
                    : "save an array of shape (rows,)");
        }

        if (header.ElementType is NpyElementType.Float16 or NpyElementType.Float32 or NpyElementType.Float64)
            throw new InputException($"labels are floating-point numbers ({header.ElementName})", "save labels.astype('int64')");
    }
}
