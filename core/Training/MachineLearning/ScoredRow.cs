using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>A single row with its scores.</summary>
internal sealed class ScoredRow(DataViewRow input, ScoringMapper mapper, IEnumerable<DataViewSchema.Column> active) : DataViewRow
{
    private readonly ScoringRow _row = new(input, mapper, active);

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
