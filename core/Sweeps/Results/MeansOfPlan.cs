using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The best trial so far of a plan whose points have several trials, kept until another trial has ended.</summary>
/// <param name="areCompared">See <see cref="BestSoFar.ComparesMeans"/>.</param>
internal sealed class MeansOfPlan(bool areCompared)
{
    private volatile Known? _last;

    /// <summary>Whether means are compared at all.</summary>
    public bool AreCompared => areCompared;

    /// <summary>The best trial of those that a status says have ended; null for none.</summary>
    public async Task<BestTrial?> FindAsync(
        SweepPlan plan, SweepStatus status, Func<string, CancellationToken, Task<TrialRecord?>> find, CancellationToken cancellationToken)
    {
        int[] ended = [.. BestSoFar.Counted(status.Trials)];
        if (_last is { } last && last.Ended.AsSpan().SequenceEqual(ended)) return last.Best;
        var best = await BestSoFar.OfAsync(plan, ended, find, cancellationToken);
        _last = new Known(ended, best);
        return best;
    }

    private sealed record Known(int[] Ended, BestTrial? Best);
}
