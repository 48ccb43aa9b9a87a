using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>The trials of a pack on the device, and what is launched for them.</summary>
internal interface IPackEngine : IDisposable
{
    /// <summary>Batches of an epoch.</summary>
    int Batches { get; }

    /// <summary>The trials' weights and what their optimizers know.</summary>
    IPackNetworks Networks { get; }

    /// <summary>Leaves all trials but these out of what follows.</summary>
    void Activate(int[] trials);

    /// <summary>Hands over what an epoch needs and sets its sums to 0.</summary>
    /// <param name="rows">The rows, [order, position].</param>
    /// <param name="steps">Sizes of steps, [trial, batch].</param>
    /// <param name="decay">What weight decay takes off with each step, [trial].</param>
    /// <param name="epochsDone">Epochs that each trial has behind it.</param>
    void BeginEpoch(int[] rows, float[] steps, float[] decay, int[] epochsDone);

    /// <summary>One step of every trial. Batches come in their order, from 0 on.</summary>
    void Step(int batch);

    /// <summary>Scores the validation rows with every trial.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Validate(CancellationToken cancellationToken);

    /// <summary>Waits, and returns each trial's sums over the epoch's batches so far.</summary>
    TrialSums[] ReadSums();

    /// <summary>Waits, and returns each trial's summed validation loss and its hits.</summary>
    BatchScore[] ReadValidation();

    /// <summary>Waits, and returns the class that each trial gives each validation row, [trial, row].</summary>
    int[] ReadWinners();
}

/// <summary>Copies the trials' weights, and what their optimizers know, to the device and back.</summary>
internal interface IPackNetworks
{
    /// <summary>Sets a trial's weights.</summary>
    void Load(int trial, NetworkWeights weights);

    /// <summary>Sets the optimizer's state of a trial.</summary>
    void LoadMoments(int trial, NetworkWeights means, NetworkWeights variances);

    /// <summary>Waits, and copies a trial's weights, in the shape and with the activation of <paramref name="like"/>.</summary>
    NetworkWeights Copy(int trial, NetworkWeights like);

    /// <summary>Waits, and copies the optimizer's state of a trial.</summary>
    (NetworkWeights Means, NetworkWeights Variances) CopyMoments(int trial, NetworkWeights like);
}
