using MathNet.Numerics.LinearAlgebra;
using MusicPipeline.Data;

namespace MusicPipeline.Reports.Figures;

/// <summary>
/// Rows of a data set on the plane in which they differ most: the first two principal components (K. Pearson, On lines and planes of
/// closest fit, 1901) of a sample of its training rows.
/// </summary>
/// <param name="Rows">Training rows that there are.</param>
/// <param name="Explained">Share of the sample's variance along each of the two axes, 0 to 1.</param>
/// <param name="X">Where each row of the sample lies along the first axis.</param>
/// <param name="Y">Where it lies along the second axis.</param>
/// <param name="Classes">Its class, as a position in the data set's list of them.</param>
public sealed record ClassPicture(int Rows, double[] Explained, double[] X, double[] Y, int[] Classes)
{
    private const int MostRows = 1000;
    private const int Digits = 4;

    /// <summary>The picture of a data set; the same rows give the same one.</summary>
    public static ClassPicture Of(LabelledRows rows)
    {
        var count = Math.Min(rows.Rows, MostRows);
        int[] sample = [.. Enumerable.Range(0, count).Select(place => (int)((long)place * rows.Rows / count))];
        var data = Matrix<double>.Build.Dense(count, rows.FeatureCount, (row, column) => rows.Row(sample[row])[column]);
        var means = data.ColumnSums() / count;
        data = data.MapIndexed((_, column, value) => value - means[column]);

        // The smaller of both products has the same eigenvalues.
        var byFeature = rows.FeatureCount <= count;
        var product = byFeature ? data.TransposeThisAndMultiply(data) : data.TransposeAndMultiply(data);
        var eigen = product.Evd(Symmetricity.Symmetric);
        var all = Math.Max(double.Epsilon, eigen.EigenValues.Sum(value => Math.Max(0, value.Real)));
        var (places, explained) = (new double[2][], new double[2]);
        for (var axis = 0; axis < 2; axis++)
        {
            // Ascending, so that the last two are the largest; of one feature there is one.
            var at = product.ColumnCount - 1 - axis;
            var value = at < 0 ? 0 : Math.Max(0, eigen.EigenValues[at].Real);
            explained[axis] = Math.Round(value / all, Digits);
            places[axis] = at < 0
                ? new double[count]
                : Along(data, eigen.EigenVectors.Column(at), byFeature ? 1 : Math.Sqrt(value), byFeature);
        }

        return new ClassPicture(rows.Rows, explained, places[0], places[1], [.. sample.Select(row => rows.Labels[row])]);
    }

    /// <summary>Where rows lie along an axis, which points to where its largest part is above 0: its sign is nobody's choice.</summary>
    private static double[] Along(Matrix<double> data, Vector<double> vector, double scale, bool byFeature)
    {
        var places = byFeature ? data * vector : vector * scale;
        var sign = places.Maximum() >= -places.Minimum() ? 1 : -1;
        return [.. places.Select(place => Math.Round(sign * place, Digits))];
    }
}
