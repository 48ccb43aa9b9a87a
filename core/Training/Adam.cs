namespace MusicPipeline.Training;

/// <summary>
/// Constants of Adam (D. Kingma, J. Ba, Adam: a method for stochastic optimization, 2015), and its step size.
/// Every device uses these.
/// </summary>
internal struct Adam(double learningRate)
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.999;
    public const float Epsilon = 1e-7f;
    public const float Beta1Single = (float)Beta1;
    public const float Beta2Single = (float)Beta2;
    public const float OneLessBeta1 = (float)(1 - Beta1);
    public const float OneLessBeta2 = (float)(1 - Beta2);

    /// <summary>The rate of the steps that follow.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary><see cref="Beta1"/> to the power of the steps counted.</summary>
    public double Beta1Power { get; set; } = 1;

    /// <summary><see cref="Beta2"/> to the power of the steps counted.</summary>
    public double Beta2Power { get; set; } = 1;

    /// <summary>
    /// Counts a step t, from 1 on, and returns its size: <c>rate sqrt(1 - b2^t) / (1 - b1^t)</c>.
    /// </summary>
    public float NextStep()
    {
        Beta1Power *= Beta1;
        Beta2Power *= Beta2;
        return (float)(LearningRate * Math.Sqrt(1 - Beta2Power) / (1 - Beta1Power));
    }
}
