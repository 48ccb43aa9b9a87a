using MusicPipeline.Data;
using MusicPipeline.Reports.Figures;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class ClassPictureTests
{
    [Theory]
    [InlineData(40, 3)]
    [InlineData(5, 20)]
    public void Lies_Along_The_Axes_Of_The_Largest_Variances(int count, int features)
    {
        // Two directions with variances of 9 to 1 around a mean of 5, whichever of rows and features are more.
        var data = new float[count * features];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < features; column++) data[(row * features) + column] = 5;
            data[row * features] += 3 * (float)Math.Sin(row * 2 * Math.PI / count);
            data[(row * features) + 1] += (float)Math.Cos(row * 2 * Math.PI / count);
        }

        var picture = ClassPicture.Of(new LabelledRows(data, features, [.. Enumerable.Range(0, count).Select(row => row % 2)]));

        Assert.Equal((0.9, 0.1), (picture.Explained[0], picture.Explained[1]));
        Assert.Equal((count, count), (picture.Rows, picture.X.Length));
        for (var row = 0; row < count; row++)
        {
            Assert.Equal(3 * Math.Abs(Math.Sin(row * 2 * Math.PI / count)), Math.Abs(picture.X[row]), 3);
            Assert.Equal(Math.Abs(Math.Cos(row * 2 * Math.PI / count)), Math.Abs(picture.Y[row]), 3);
            Assert.Equal(row % 2, picture.Classes[row]);
        }
    }

    [Fact]
    public void Has_A_Sample_Of_Many_Rows_And_One_Axis_Of_One_Feature()
    {
        var picture = ClassPicture.Of(new LabelledRows([.. Enumerable.Range(0, 5000).Select(row => (float)row)], 1, new int[5000]));

        Assert.Equal((5000, 1000), (picture.Rows, picture.X.Length));
        Assert.Equal((1, 0), (picture.Explained[0], picture.Explained[1]));
        Assert.All(picture.Y, y => Assert.Equal(0, y));
    }
}
