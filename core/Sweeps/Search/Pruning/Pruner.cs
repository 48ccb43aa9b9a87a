using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// A rule that ends trials early. Rules are functions of what they are given: the same calls give the same answers.
/// </summary>
/// <remarks>
/// A rule that looks at other trials has checks: a trial is trained up to its next check, comes back as preempted, and the
/// board decides. A rule that looks at a trial's own curve is asked after each epoch where the trial is trained.
/// Scores are the sweep's metric, the higher, the better; see <see cref="Objectives.Score(Objective, EpochMetrics)"/>.
/// </remarks>
[JsonConverter(typeof(JsonForm))]
public abstract record Pruner : Policy
{
    private protected Pruner(string kind, string words)
        : base(kind, words)
    {
    }

    /// <summary>Those that there are.</summary>
    public static PolicyKinds<Pruner> Kinds { get; } = new(
        new NoPruner(),
        new MedianPruner(),
        new AsynchronousHalving(),
        new ThresholdPruner(),
        new PatiencePruner(),
        new PatientPruner());

    /// <summary>Whether it ends any trial.</summary>
    internal virtual bool Prunes => true;

    /// <summary>What trials are compared by.</summary>
    internal virtual Objective ComparedBy => Objective.Accuracy;

    /// <summary>The same by a sweep's objective, unless it names its own metric.</summary>
    internal virtual Pruner By(Objective objective) => this;

    /// <summary>Whether what it leaves preempted has ended, unless other trials make it go on.</summary>
    internal virtual bool EndsByPausing => false;

    internal sealed override string Role => "pruner";

    /// <summary>Epochs after which a trial of so many epochs comes back: ascending, all below its epochs.</summary>
    public IReadOnlyList<int> Checks(int epochs) => [.. AllChecks().TakeWhile(check => check < epochs).Select(check => (int)check)];

    /// <summary>Whether a trial that has just come back from a check is given up.</summary>
    public virtual bool IsPruned(TrialBoard board, int trial) => false;

    /// <summary>A preempted trial that is to go on to its next check, or null.</summary>
    public virtual int? Promote(TrialBoard board) => board.FirstPreempted();

    /// <summary>Whether a trial ends, by its scores after each epoch so far. Not asked after its last epoch.</summary>
    public virtual bool Stops(IReadOnlyList<double> scores) => false;

    /// <summary>
    /// The epochs of all checks, ascending and without end. A trial has those below its epochs, so that all trials share the
    /// beginning.
    /// </summary>
    internal virtual IEnumerable<long> AllChecks() => [];

    internal sealed class JsonForm() : PolicyJsonConverter<Pruner>(Kinds);
}
