using System.Runtime.CompilerServices;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Progress;

/// <summary>The trials of a sweep in a few words each, by their ids, also of one whose plan grows while it runs.</summary>
internal sealed class TrialNames(IArtifactStore store, string sweepId)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>What differs between the trial and others; its id where the plan lacks it.</summary>
    public string Of(string trialId) => _names.GetValueOrDefault(trialId, trialId);

    /// <summary>The same events, each when its trial can be named.</summary>
    public async IAsyncEnumerable<SweepEvent> NamingAsync(
        IAsyncEnumerable<SweepEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in events.WithCancellation(cancellationToken))
        {
            if (happened.Data is EpochEvent point && !_names.ContainsKey(point.TrialId)) await ReadAsync(cancellationToken);
            yield return happened;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var plan = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweepId, SweepFiles.Plan), cancellationToken);
        foreach (var trial in plan?.Trials ?? []) _names[trial.Id] = SweepProgressView.Describe(trial.Parameters, trial.Validation.Fold);
    }
}
