using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Data;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>
/// The getters of a row of scored data. A row is scored when the first of its scores is asked for, and once.
/// </summary>
internal sealed class ScoringRow
{
    private readonly DataViewRow _input;
    private readonly ScoringMapper _mapper;
    private readonly HashSet<int> _active;
    private readonly Lazy<Action> _score;
    private readonly float[] _features;
    private readonly float[] _probabilities;
    private long _scored = -1;

    public ScoringRow(DataViewRow input, ScoringMapper mapper, IEnumerable<DataViewSchema.Column> active)
    {
        _input = input;
        _mapper = mapper;
        _active = [.. active.Select(column => column.Index)];
        _features = new float[mapper.Model.Weights.Features];
        _probabilities = new float[mapper.Model.Weights.Classes];
        _score = new Lazy<Action>(Scoring, LazyThreadSafetyMode.None);
    }

    public bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"The column '{column.Name}' was not asked for when the cursor was made.");
        if (column.Index < _mapper.InputSchema.Count)
            return _input.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
        Delegate getter = column.Name == ScoreSchema.PredictedLabel
            ? (ValueGetter<uint>)GetLabel
            : (ValueGetter<VBuffer<float>>)GetProbabilities;
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
    }

    private void GetProbabilities(ref VBuffer<float> value)
    {
        _score.Value();
        var editor = VBufferEditor.Create(ref value, _probabilities.Length);
        _probabilities.CopyTo(editor.Values);
        value = editor.Commit();
    }

    /// <summary>The key of the most probable class, the first of equals; missing where the features are not finite.</summary>
    private void GetLabel(ref uint value)
    {
        _score.Value();
        var best = 0;
        for (var i = 1; i < _probabilities.Length; i++)
        {
            if (_probabilities[i] > _probabilities[best]) best = i;
        }

        value = float.IsNaN(_probabilities[best]) ? 0 : (uint)best + 1;
    }

    private Action Scoring()
    {
        var getFeatures = _input.GetGetter<VBuffer<float>>(_mapper.Features);
        // The rows of a cursor come one at a time; finalizers free the network's memory.
        var network = CpuNetwork.Create(_mapper.Model.Weights, batchRows: 1);
        var row = default(VBuffer<float>);
        return () =>
        {
            if (_scored == _input.Position) return;
            getFeatures(ref row);
            row.CopyTo(_features);
            Standardization.Apply(_mapper.Model.Scaler, _features);
            network.Predict(_features, _probabilities);
            _scored = _input.Position;
        };
    }
}
