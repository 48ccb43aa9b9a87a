using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

/// <summary>What makes no data set is refused with the file, the numbers and what to do.</summary>
public sealed class DatasetRefusalTests
{
    [Fact]
    public Task Rows_And_Labels_Differ() => RefusesAsync(
        new Uploads { TrainLabels = Uploads.File<long>([0, 1, 0], [3]) },
        "toy_train_labels.npy: it has 3 labels, but toy_train_data.npy has 4 rows; upload the labels that belong to these rows.");

    [Fact]
    public Task Test_Rows_And_Labels_Differ() => RefusesAsync(
        new Uploads { TestLabels = Uploads.File<long>([0, 1, 0], [3]) },
        "toy_test_labels.npy: it has 3 labels, but toy_test_data.npy has 2 rows");

    [Fact]
    public Task Features_Differ() => RefusesAsync(
        new Uploads { TestData = Uploads.File<float>([1, 2, 3, 4, 5, 6], [2, 3]) },
        "toy_test_data.npy: its rows have 3 features, but those of toy_train_data.npy have 2");

    [Fact]
    public Task One_Class() => RefusesAsync(
        new Uploads { TrainLabels = Uploads.File<long>([7, 7, 7, 7], [4]) },
        "toy_train_labels.npy: all 4 training labels are 7, which is one class, and a classifier needs two or more");

    [Fact]
    public Task Test_Labels_Absent_From_Training() => RefusesAsync(
        new Uploads { TestData = Uploads.File(new float[10], [5, 2]), TestLabels = Uploads.File<long>([5, 0, -3, 1, 5], [5]) },
        "toy_test_labels.npy: 3 of 5 test labels are -3, 5, which no training row has (its labels are 0, 1)");

    [Fact]
    public Task NaN_Features() => RefusesAsync(
        new Uploads { TrainData = Uploads.File([1, 2, 3, 4, 5, float.NaN, float.NaN, 8], [4, 2]) },
        "toy_train_data.npy: 2 NaN of 8 features (as float32), first in row 2 and column 1, counted from 0");

    [Fact]
    public Task Infinite_Features() => RefusesAsync(
        new Uploads { TestData = Uploads.File([1, 2, double.NegativeInfinity, 1e39], [2, 2]) },
        "toy_test_data.npy: 2 infinite of 4 features (as float32), first in row 1 and column 0");

    [Fact]
    public Task NaN_And_Infinite_Features() => RefusesAsync(
        new Uploads { TestData = Uploads.File([1, float.PositiveInfinity, float.NaN, 1], [2, 2]) },
        "1 NaN and 1 infinite of 4 features (as float32), first in row 0 and column 1");

    [Fact]
    public Task Features_That_Standardize_To_Infinity() => RefusesAsync(
        new Uploads
        {
            TrainData = Uploads.File([0, 0, 0, 1e-30f, 0, 0, 0, 1e-30f], [4, 2]),
            TestData = Uploads.File([0, 0, 0, 1e30f], [2, 2]),
        },
        "toy_test_data.npy: row 1, column 1 (counted from 0) becomes infinite when standardized");

    [Theory]
    [InlineData(new long[] { 4 }, "the shape (4,), not (rows, features)", "data.reshape(rows, features)")]
    [InlineData(new long[] { 2, 1, 2 }, "the shape (2, 1, 2), not (rows, features)", "data.reshape(len(data), -1)")]
    public async Task Data_Of_Another_Rank(long[] shape, string reason, string remedy)
    {
        var uploads = new Uploads { TestData = Uploads.File(new float[4], shape) };
        await RefusesAsync(uploads, reason);
        await RefusesAsync(uploads, remedy);
    }

    [Fact]
    public Task Data_Without_Features() => RefusesAsync(
        new Uploads { TrainData = Uploads.File<float>([], [4, 0]) }, "the shape (4, 0), which is no table of numbers");

    [Fact]
    public Task Data_Without_Rows() => RefusesAsync(
        new Uploads { TestData = Uploads.File<float>([], [0, 2]), TestLabels = Uploads.File<long>([], [0]) },
        "toy_test_data.npy: it has no rows");

    [Fact]
    public Task One_Hot_Labels() => RefusesAsync(
        new Uploads { TrainLabels = Uploads.File<float>([1, 0, 0, 1, 1, 0, 0, 1], [4, 2]) },
        "toy_train_labels.npy: labels have the shape (4, 2), not one number a row; save labels.argmax(axis=1)");

    [Fact]
    public Task Float_Labels() => RefusesAsync(
        new Uploads { TrainLabels = Uploads.File<double>([0, 1, 0, 1], [4]) },
        "toy_train_labels.npy: labels are floating-point numbers (float64); save labels.astype('int64')");

    [Fact]
    public Task Labels_Beyond_Signed_64_Bits() => RefusesAsync(
        new Uploads { TrainLabels = Uploads.File<ulong>([0, 1, 0, 1UL << 63], [4]) },
        "toy_train_labels.npy: the array holds 9223372036854775808, which is more than a signed 64-bit integer");

    [Fact]
    public Task Too_Many_Classes()
    {
        const int Rows = 10_001;
        return RefusesAsync(
            new Uploads
            {
                TrainData = Uploads.File(new float[Rows], [Rows, 1]),
                TrainLabels = Uploads.File(Enumerable.Range(0, Rows).ToArray(), [Rows]),
                TestData = Uploads.File(new float[2], [2, 1]),
            },
            "toy_train_labels.npy: the 10,001 training labels have 10,001 distinct values, and at most 10,000 classes are taken");
    }

    [Fact]
    public Task Cut_Files() => RefusesAsync(
        new Uploads { TestLabels = Uploads.File<long>([0, 1], [2])[..^3] },
        "toy_test_labels.npy: the header promises (2,) int64 values, 16 bytes, but 13 bytes follow it: 3 are missing");

    [Fact]
    public async Task The_First_File_In_Order_Is_Named_When_Several_Are_Wrong()
    {
        var uploads = new Uploads { TrainData = [], TrainLabels = [1], TestData = [2], TestLabels = [] };
        for (var i = 0; i < 20; i++) await RefusesAsync(uploads, "toy_train_data.npy: the file is empty");
    }

    private static async Task RefusesAsync(Uploads uploads, string text)
    {
        var error = await Assert.ThrowsAnyAsync<InputException>(uploads.BuildAsync);
        Assert.Contains(text, error.Message);
    }
}
