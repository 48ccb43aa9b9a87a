using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>Rows with their scores, one after the other.</summary>
internal sealed class ScoredCursor(DataViewRowCursor input, ScoringMapper mapper, IEnumerable<DataViewSchema.Column> active)
    : DataViewRowCursor
{
    private readonly ScoringRow _row = new(input, mapper, active);

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
