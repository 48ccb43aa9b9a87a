namespace MusicPipeline.Data;

/// <summary>The four arrays that make a data set.</summary>
/// <param name="TrainData">Training features, rows x features, of any numeric type.</param>
/// <param name="TrainLabels">Training labels, integers, one a row.</param>
/// <param name="TestData">Test features, rows x features.</param>
/// <param name="TestLabels">Test labels.</param>
public sealed record DatasetUploads(
    DatasetUpload TrainData, DatasetUpload TrainLabels, DatasetUpload TestData, DatasetUpload TestLabels);
