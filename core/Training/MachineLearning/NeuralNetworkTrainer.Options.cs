namespace MusicPipeline.Training.MachineLearning;

public sealed partial class NeuralNetworkTrainer
{
    /// <summary>What a <see cref="NeuralNetworkTrainer"/> can be told; public fields, as ML.NET's options have them.</summary>
    public sealed class Options
    {
        /// <summary>Label column: a key, as <c>MapValueToKey</c> makes it. Rows without a label are left out.</summary>
        public string LabelColumnName = "Label";

        /// <summary>Feature column: a vector of <see cref="float"/> of known size.</summary>
        public string FeatureColumnName = "Features";

        /// <summary>Sigmoid units of the hidden layer, 1 or more.</summary>
        public int HiddenUnits = 256;

        /// <summary>Adam's step size, above 0.</summary>
        public double LearningRate = 0.001;

        /// <summary>Passes over the training rows, 1 or more.</summary>
        public int Epochs = 20;

        /// <summary>Rows a step, 1 or more; the last batch of an epoch may be shorter.</summary>
        public int BatchSize = 128;

        /// <summary>Seeds the initial weights, the order of the rows and the choice of validation rows.</summary>
        public int Seed = 1;

        /// <summary>
        /// Whether the features are standardized by the training rows' mean and deviation. The model then does the same
        /// to what it scores.
        /// </summary>
        public bool Standardize = true;

        /// <summary>
        /// Share of every class that is held out from training to draw the validation curves, 0 or more and below 1.
        /// With 0 every row trains, and the validation curves follow the training rows.
        /// </summary>
        public double ValidationFraction;

        /// <summary>What trains the network; null for the CPU.</summary>
        public ITrainingDevice? Device;

        /// <summary>A copy, so that later changes of these have no effect on a trainer.</summary>
        /// <exception cref="ArgumentException">A column has no name, or a number is out of range.</exception>
        internal static Options Checked(Options options)
        {
            Require(!string.IsNullOrEmpty(options.LabelColumnName), $"{nameof(LabelColumnName)} is empty");
            Require(!string.IsNullOrEmpty(options.FeatureColumnName), $"{nameof(FeatureColumnName)} is empty");
            Require(options.HiddenUnits >= 1, $"{nameof(HiddenUnits)} is {options.HiddenUnits} and must be 1 or more");
            Require(options.Epochs >= 1, $"{nameof(Epochs)} is {options.Epochs} and must be 1 or more");
            Require(options.BatchSize >= 1, $"{nameof(BatchSize)} is {options.BatchSize} and must be 1 or more");
            Require(
                options.LearningRate > 0 && double.IsFinite(options.LearningRate),
                $"{nameof(LearningRate)} is {options.LearningRate} and must be a number above 0");
            Require(
                options.ValidationFraction is >= 0 and < 1,
                $"{nameof(ValidationFraction)} is {options.ValidationFraction} and must be 0 or more and below 1");
            return (Options)options.MemberwiseClone();

            static void Require(bool holds, string problem)
            {
                if (!holds) throw new ArgumentException($"The option {problem}.");
            }
        }
    }
}
