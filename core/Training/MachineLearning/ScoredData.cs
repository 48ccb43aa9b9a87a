using Microsoft.ML;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>A data view with the model's columns, computed as a cursor asks for them.</summary>
internal sealed class ScoredData(IDataView input, ScoringMapper mapper) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        return new ScoredCursor(input.GetRowCursor(mapper.GetDependencies(columns), rand), mapper, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        return Array.ConvertAll(
            input.GetRowCursorSet(mapper.GetDependencies(columns), n, rand),
            DataViewRowCursor (cursor) => new ScoredCursor(cursor, mapper, columns));
    }
}
