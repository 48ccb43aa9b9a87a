namespace MusicPipeline.Data;

/// <summary>What one of a data set's four arrays holds.</summary>
public enum DatasetRole
{
    /// <summary>Training features, rows x features: <c>_train_data.npy</c>.</summary>
    TrainData,

    /// <summary>Training labels, one a row: <c>_train_labels.npy</c>.</summary>
    TrainLabels,

    /// <summary>Test features, rows x features: <c>_test_data.npy</c>.</summary>
    TestData,

    /// <summary>Test labels, one a row: <c>_test_labels.npy</c>.</summary>
    TestLabels,
}
