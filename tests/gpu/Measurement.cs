namespace MusicPipeline.GpuCheck;

/// <summary>What a workload took.</summary>
/// <param name="Workload">Its name.</param>
/// <param name="Trials">Trials.</param>
/// <param name="Epochs">Epochs of all trials together.</param>
/// <param name="Seconds">Median of the runs, with the shuffling of rows and the results' way back, without start-up.</param>
/// <param name="AllSeconds">Every run.</param>
/// <param name="TargetSeconds">What to reach.</param>
/// <param name="ArithmeticFloor">Seconds that the networks' arithmetic takes at the device's peak in float32.</param>
/// <param name="ByteFloor">Seconds that the bytes take at the memory's full rate, if no cache kept anything.</param>
internal sealed record Measurement(
    string Workload,
    int Trials,
    int Epochs,
    double Seconds,
    double[] AllSeconds,
    double TargetSeconds,
    double ArithmeticFloor,
    double ByteFloor)
{
    /// <summary>Share of the arithmetic's peak.</summary>
    public double ArithmeticShare => ArithmeticFloor / Seconds;

    /// <summary>Share of the memory's full rate; above 1 where caches keep the weights.</summary>
    public double ByteShare => ByteFloor / Seconds;

    /// <summary>Whether the target was reached.</summary>
    public bool Reached => Seconds <= TargetSeconds;
}
