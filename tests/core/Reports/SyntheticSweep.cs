using MusicPipeline.Data;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Tests.Reports;

/// <summary>Sweeps with made-up histories whose shapes follow the recorded results of the lab.</summary>
internal static class SyntheticSweep
{
    public static DatasetInfo Dataset(string name = "notes") => new(
        name, "3f2a9c51d0e4", 120, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        new DatasetPartInfo(66_247, [7154, 6021, 6809, 7333, 5988, 6540, 6712, 6902, 6377, 6411]),
        new DatasetPartInfo(14_904, [1610, 1355, 1532, 1650, 1347, 1471, 1510, 1553, 1434, 1442]),
        []);

    public static FinishedTrial Trial(
        HyperParameters parameters,
        TrainingHistory history,
        TrainingOutcome outcome = TrainingOutcome.Completed,
        bool reused = false,
        ValidationRule? validation = null)
    {
        validation ??= ValidationRule.TestSet;
        var trial = new Trial(TrialId.Of("3f2a9c51d0e4", parameters, validation), "notes", "3f2a9c51d0e4", parameters, validation);
        var best = history.Epochs == 0 ? -1 : Array.IndexOf(history.ValidationAccuracy, history.ValidationAccuracy.Max());
        var last = history.Epochs == 0
            ? null
            : new EpochMetrics(history.Loss[^1], history.Accuracy[^1], history.ValidationLoss[^1], history.ValidationAccuracy[^1]);
        return new FinishedTrial(
            new TrialRecord(
                trial, outcome, history.Epochs, last, best + 1, best < 0 ? 0 : history.ValidationAccuracy[best],
                (121L * parameters.HiddenUnits) + (10L * (parameters.HiddenUnits + 1)),
                0.0005 * parameters.HiddenUnits * parameters.Epochs,
                "cpu",
                "1"),
            history,
            reused);
    }

    /// <summary>A history with these training losses; the rest follows from them.</summary>
    public static TrainingHistory History(params double[] loss) => new(
        loss, [.. loss.Select(Accuracy)], [.. loss.Select(l => l * 1.2)], [.. loss.Select(l => Accuracy(l * 1.2))]);

    /// <summary>A history with these losses and last validation accuracy.</summary>
    public static TrainingHistory History(double[] loss, double[] validationLoss, double validationAccuracy, double accuracy = 0.999) =>
        new(
        loss,
        [.. loss.Select((l, i) => i == loss.Length - 1 ? accuracy : Math.Min(Accuracy(l), accuracy))],
        validationLoss,
        [.. validationLoss.Select(
            (l, i) => i == validationLoss.Length - 1 ? validationAccuracy : Math.Min(Accuracy(l), validationAccuracy))]);

    /// <summary>A falling loss from a first to a last value, with noise that grows with the step size.</summary>
    public static TrainingHistory Learning(int epochs, double first, double last, double validationFloor, double noise, double overfit = 0)
    {
        var random = new Random((int)(last * 1e6) + epochs);
        var loss = new double[epochs];
        var validation = new double[epochs];
        for (var i = 0; i < epochs; i++)
        {
            var progress = epochs == 1 ? 1 : i / (epochs - 1.0);
            var trend = Math.Exp(Math.Log(first) + (Math.Log(last / first) * Math.Pow(progress, 0.55)));
            loss[i] = trend * Math.Exp(noise * (random.NextDouble() - 0.5));
            validation[i] = (validationFloor + (trend * 0.8))
                * Math.Exp((0.05 + noise) * (random.NextDouble() - 0.5))
                * (1 + (overfit * progress * progress));
        }

        return new TrainingHistory(loss, [.. loss.Select(Accuracy)], validation, [.. validation.Select(Accuracy)]);
    }

    public static SweepResults Of(
        string? preset, IReadOnlyList<FinishedTrial> trials, params (string Name, FinishedTrial[] Trials)[] studies) => new(
        "20260814-093012-lab-7c1f", preset, Dataset(), trials.Count > 0 ? trials[0].Record.Trial.Validation : ValidationRule.TestSet,
        [.. studies.Select(s => new Study(s.Name, [.. s.Trials.Select(t => t.Record.Trial.Id)]))],
        trials, [], Winner.Of(trials)?.Trial.Id, null);

    /// <summary>The lab's three studies, with losses like those on record.</summary>
    public static SweepResults Lab()
    {
        FinishedTrial[] oneTrial = [Trial(new HyperParameters(0.001, 256, 10), Learning(10, 0.30, 0.0166, 0.024, 0.03))];
        FinishedTrial[] rates =
        [
            Trial(new HyperParameters(0.1, 256, 20), Learning(20, 0.45, 0.2214, 0.06, 0.35)),
            Trial(new HyperParameters(0.01, 256, 20), Learning(20, 0.14, 0.0095, 0.032, 0.35)),
            Trial(new HyperParameters(0.001, 256, 20), Learning(20, 0.30, 0.0061, 0.022, 0.04), reused: true),
            Trial(new HyperParameters(0.0001, 256, 20), Learning(20, 0.95, 0.0568, 0.024, 0.01)),
        ];
        int[] sizes = [4, 8, 16, 32, 64, 128, 256, 512, 1024];
        double[] ends = [0.62, 0.29, 0.125, 0.052, 0.0185, 0.0052, 0.0011, 0.0004, 0.0002];
        double[] floors = [0.14, 0.09, 0.055, 0.042, 0.034, 0.028, 0.024, 0.021, 0.019];
        var hidden = sizes.Select((size, i) => Trial(
            new HyperParameters(0.001, size, 40),
            Learning(40, 1.45 / (1 + (0.35 * i)), ends[i], floors[i], 0.05, i is >= 3 and <= 6 ? 0.45 : 0.05))).ToArray();
        return Of("lab", [.. oneTrial, .. rates, .. hidden], ("baseline", oneTrial), ("learning-rate", rates), ("hidden-units", hidden));
    }

    /// <summary>Rates x sizes, the largest rate diverging with the largest sizes.</summary>
    public static SweepResults Grid(double[] rates, int[] sizes, int epochs = 15)
    {
        var validation = ValidationRule.HoldOut(0.2);
        var trials = (
            from rate in rates
            from size in sizes
            let distance = Math.Abs(Math.Log10(rate / 0.002))
            let end = 0.004 * Math.Pow(4, distance) * (1 + (60.0 / size))
            let diverges = rate >= 1 && size >= 64
            let history = Learning(epochs, 0.9, end, 0.02 + (0.4 / size), 0.05 * (1 + distance))
            select diverges
                ? Trial(new HyperParameters(rate, size, epochs), Cut(history, 3), TrainingOutcome.Diverged, validation: validation)
                : Trial(new HyperParameters(rate, size, epochs), history, validation: validation)).ToArray();
        return Of(null, trials, ("grid", trials)) with { TestScore = new TestScore(0.0312, 0.9911, 14_904) };
    }

    /// <summary>A random search over five parameters, of which the learning rate matters most, with pruned trials.</summary>
    public static SweepResults Search(int count)
    {
        var random = new Random(5);
        var validation = ValidationRule.HoldOut(0.2);
        var trials = new FinishedTrial[count];
        for (var i = 0; i < count; i++)
        {
            var parameters = new HyperParameters(Math.Pow(10, -4 + (3 * random.NextDouble())), 1 << random.Next(4, 9), 12)
            {
                WeightDecay = random.Next(3) == 0 ? 0 : 0.001,
                Schedule = (LearningRateSchedule)random.Next(3),
                Activation = (Activation)random.Next(3),
            };
            var distance = Math.Abs(Math.Log10(parameters.LearningRate / 0.002));
            var history = Learning(12, 0.9, 0.01 * Math.Pow(6, distance) * (1 + (4.0 / parameters.HiddenUnits)), 0.02, 0.05);
            trials[i] = distance > 0.9
                ? Trial(parameters, Head(history, 4), TrainingOutcome.Stopped, validation: validation)
                : Trial(parameters, history, validation: validation);
        }

        return Of(null, trials, ("search", trials));
    }

    /// <summary>
    /// Learning rates with several seeds each: the first two differ by less than the noise between seeds, the others by more.
    /// </summary>
    public static SweepResults Repeated(int seeds = 5)
    {
        var validation = ValidationRule.HoldOut(0.2);
        var trials = (
            from point in new (double Rate, double Accuracy)[] { (0.001, 0.980), (0.002, 0.9797), (0.01, 0.95), (0.1, 0.90) }
            from seed in Enumerable.Range(1, seeds)
            let accuracy = point.Accuracy + (0.0015 * ((seed * 7 % 5) - 2))
            select Trial(
                new HyperParameters(point.Rate, 64, 8, Seed: seed),
                History([0.9, 0.5, 0.3, 0.2, 0.15, 0.12, 0.1, 0.08 * seed], [1, 0.6, 0.4, 0.3, 0.25, 0.22, 0.2, 0.19], accuracy, 0.99),
                validation: validation)).ToArray();
        return Of(null, trials, ("learning-rate", trials));
    }

    /// <summary>The first epochs of a history.</summary>
    public static TrainingHistory Head(TrainingHistory history, int epochs) => new(
        history.Loss[..epochs], history.Accuracy[..epochs], history.ValidationLoss[..epochs], history.ValidationAccuracy[..epochs]);

    /// <summary>The first epochs of a history, with the explosion that ended it.</summary>
    public static TrainingHistory Cut(TrainingHistory history, int epochs)
    {
        var loss = history.Loss[..epochs];
        loss[^1] = 4.2e7;
        return new TrainingHistory(
            loss, history.Accuracy[..epochs], history.ValidationLoss[..epochs], history.ValidationAccuracy[..epochs]);
    }

    private static double Accuracy(double loss) => Math.Exp(-loss * 0.34) * (1 - (0.0006 * Math.Min(1, loss)));
}
