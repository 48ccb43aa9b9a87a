using System.Numerics;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>Raw features as they were uploaded, rounded to float32, which is what a trained model takes.</summary>
/// <param name="Values">rows x features, row-major, all finite.</param>
/// <param name="Rows">Number of rows, possibly 0.</param>
/// <param name="Features">Features a row, 1 or more.</param>
public sealed record FeatureMatrix(float[] Values, int Rows, int Features)
{
    /// <summary>Reads an array of shape rows x features, of any numeric type.</summary>
    /// <exception cref="InputException">
    /// The shape is another, or a feature is NaN, infinite or beyond float32 (3.4e38).
    /// </exception>
    public static async Task<FeatureMatrix> ReadAsync(NpyReader reader, CancellationToken cancellationToken = default)
    {
        var header = reader.Header;
        CheckHeader(header);
        var values = await reader.ReadSinglesAsync(cancellationToken);
        var matrix = new FeatureMatrix(values, (int)header.Shape[0], (int)header.Shape[1]);
        if (!AllFinite(values)) throw NotFinite(matrix);
        return matrix;
    }

    /// <summary>Checks what can be told before any element is read: the shape.</summary>
    /// <exception cref="InputException">The shape is not rows x features.</exception>
    internal static void CheckHeader(NpyHeader header)
    {
        if (header.Shape.Length != 2)
        {
            throw new InputException(
                $"features have the shape {header.ShapeText}, not (rows, features)",
                header.Shape.Length > 2 ? "save data.reshape(len(data), -1)" : "save data.reshape(rows, features)");
        }

        if (header.Shape[1] == 0 || header.Shape[0] > Array.MaxLength || header.Shape[1] > Array.MaxLength)
            throw new InputException(
                $"features have the shape {header.ShapeText}, which is no table of numbers", "save an array of shape (rows, features)");
    }

    /// <summary>Whether no value is NaN or infinite.</summary>
    internal static bool AllFinite(ReadOnlySpan<float> values)
    {
        // x - x is 0 for a finite number and NaN otherwise, which no later addition takes away.
        var faults = Vector<float>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = new Vector<float>(values[i..]);
            faults += x - x;
        }

        var fault = Vector.Sum(faults);
        for (; i < values.Length; i++) fault += values[i] - values[i];
        return fault == 0;
    }

    private static InputException NotFinite(FeatureMatrix matrix)
    {
        var first = Array.FindIndex(matrix.Values, value => !float.IsFinite(value));
        var nans = matrix.Values.LongCount(float.IsNaN);
        var infinities = matrix.Values.LongCount(float.IsInfinity);
        var found = (nans, infinities) switch
        {
            (_, 0) => $"{nans:N0} NaN",
            (0, _) => $"{infinities:N0} infinite",
            _ => $"{nans:N0} NaN and {infinities:N0} infinite",
        };
        return new InputException(
            $"{found} of {matrix.Values.LongLength:N0} features (as float32), "
            + $"first in row {first / matrix.Features} and column {first % matrix.Features}, counted from 0",
            "replace them or leave their rows out");
    }
}
