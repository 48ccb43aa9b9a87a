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

        /// <summary>Hidden layers, 1 to 8.</summary>
        public int Layers = 1;

        /// <summary>Units of each hidden layer, 1 or more.</summary>
        public int HiddenUnits = 256;

        /// <summary>The optimizer's step size, above 0.</summary>
        public double LearningRate = 0.001;

        /// <summary>Decoupled weight decay (AdamW), 0 or more; see <see cref="HyperParameters.WeightDecay"/>.</summary>
        public double WeightDecay;

        /// <summary>How the learning rate changes from epoch to epoch.</summary>
        public LearningRateSchedule Schedule;

        /// <summary>The hidden layers' activation.</summary>
        public Activation Activation;

        /// <summary>
        /// Share of the hidden units that each training step leaves out, 0 to 0.9; see <see cref="HyperParameters.Dropout"/>.
        /// </summary>
        public double Dropout;

        /// <summary>
        /// Share of each training target that is spread over all classes, 0 to 0.5; see <see cref="HyperParameters.LabelSmoothing"/>.
        /// </summary>
        public double LabelSmoothing;

        /// <summary>How much the rows of each class count in training.</summary>
        public ClassWeights ClassWeights;

        /// <summary>What makes a step of a gradient.</summary>
        public Optimizer Optimizer;

        /// <summary>
        /// By which figure of validation the best epoch is chosen whose weights the model takes; null for the last epoch's.
        /// </summary>
        public Objective? RestoreBest;

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

        internal Options Copy() => (Options)MemberwiseClone();

        /// <summary>What is wrong with these, or null.</summary>
        internal string? Problem()
        {
            if (string.IsNullOrEmpty(LabelColumnName)) return $"{nameof(LabelColumnName)} is empty";
            if (string.IsNullOrEmpty(FeatureColumnName)) return $"{nameof(FeatureColumnName)} is empty";
            if (HiddenUnits < 1) return $"{nameof(HiddenUnits)} is {HiddenUnits} and must be 1 or more";
            if (Epochs < 1) return $"{nameof(Epochs)} is {Epochs} and must be 1 or more";
            if (BatchSize < 1) return $"{nameof(BatchSize)} is {BatchSize} and must be 1 or more";
            if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
                return $"{nameof(LearningRate)} is {LearningRate} and must be a number above 0";
            if (!(WeightDecay >= 0) || !double.IsFinite(WeightDecay))
                return $"{nameof(WeightDecay)} is {WeightDecay} and must be 0 or a number above it";
            if (!Enum.IsDefined(Schedule)) return $"{nameof(Schedule)} is {Schedule}, which there is not";
            if (!Enum.IsDefined(Activation)) return $"{nameof(Activation)} is {Activation}, which there is not";
            if (Layers is < 1 or > HyperParameters.MostLayers)
                return $"{nameof(Layers)} is {Layers} and must be 1 to {HyperParameters.MostLayers}";
            if (Dropout is not (>= 0 and <= HyperParameters.MostDropout))
                return $"{nameof(Dropout)} is {Dropout} and must be 0 to {HyperParameters.MostDropout}";
            if (LabelSmoothing is not (>= 0 and <= HyperParameters.MostLabelSmoothing))
                return $"{nameof(LabelSmoothing)} is {LabelSmoothing} and must be 0 to {HyperParameters.MostLabelSmoothing}";
            if (!Enum.IsDefined(ClassWeights)) return $"{nameof(ClassWeights)} is {ClassWeights}, which there is not";
            if (!Enum.IsDefined(Optimizer)) return $"{nameof(Optimizer)} is {Optimizer}, which there is not";
            if (RestoreBest is { } objective && !Enum.IsDefined(objective))
                return $"{nameof(RestoreBest)} is {RestoreBest}, which there is not";
            return ValidationFraction is >= 0 and < 1
                ? null
                : $"{nameof(ValidationFraction)} is {ValidationFraction} and must be 0 or more and below 1";
        }
    }
}
