using System.Text.Json.Serialization;

namespace MusicPipeline.Data;

/// <summary>
/// <c>dataset.json</c>: what a version of a data set holds.
/// </summary>
/// <param name="Name">The data set's name, from its files: <c>notes</c> of <c>notes_train_data.npy</c>.</param>
/// <param name="Version">
/// Hash of the contents of <paramref name="Sources"/>, and of class names, groups and recipe where there are any.
/// </param>
/// <param name="Features">Features a row.</param>
/// <param name="Classes">Sorted distinct training labels, as they were uploaded; a class index is a position in here.</param>
/// <param name="Train">The training rows.</param>
/// <param name="Test">The test rows.</param>
/// <param name="Sources">The uploads that it was made from.</param>
/// <param name="ConstantFeatures">
/// Columns, counted from 0, that have one value in all training rows, so that nothing can be learned from them; null where there is none.
/// </param>
/// <param name="ClassNames">The name of each class, in the order of <see cref="Classes"/>; null where labels are all that is known.</param>
/// <param name="Groups">
/// The groups that rows belong to, such as recordings, which <see cref="DatasetFiles.TrainGroups"/> and
/// <see cref="DatasetFiles.TestGroups"/> count from 0; null where each row stands for itself.
/// </param>
/// <param name="Recipe">How rows were made of recordings, such as <c>mfcc-6x20/1</c>; null where nobody said.</param>
/// <param name="TrainCopies">
/// Training rows, the last ones, that are altered copies of others, of the same group each: learned from, and never validated on; null
/// where there are none.
/// </param>
/// <param name="WithoutPitch">
/// Share of the training notes of a class that have no pitch, of the class of which it is highest, copies left out; null where rows are
/// no notes, or nobody looked.
/// </param>
public sealed record DatasetInfo(
    string Name,
    string Version,
    int Features,
    long[] Classes,
    DatasetPartInfo Train,
    DatasetPartInfo Test,
    IReadOnlyList<DatasetSource> Sources,
    IReadOnlyList<int>? ConstantFeatures = null,
    IReadOnlyList<string>? ClassNames = null,
    IReadOnlyList<DatasetGroup>? Groups = null,
    string? Recipe = null,
    int? TrainCopies = null,
    double? WithoutPitch = null)
{
    /// <summary>Training rows that are no copies.</summary>
    [JsonIgnore]
    public int TrainOriginals => Train.Rows - (TrainCopies ?? 0);

    /// <summary>What a class is called: its name, or its label where it has none.</summary>
    public string NameOf(int index) => ClassNames?[index] ?? Classes[index].ToString();
}

/// <summary>A data set with all of its versions.</summary>
/// <param name="Current">The version that sweeps take unless they name another one.</param>
/// <param name="Others">The others, in the order of their names.</param>
public sealed record DatasetVersions(DatasetInfo Current, IReadOnlyList<DatasetInfo> Others);
