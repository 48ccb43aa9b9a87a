namespace MusicPipeline.Training.Cpu;

/// <summary>One step of the optimizer.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Size">Adam's step size, or the learning rate.</param>
/// <param name="Decay">Share that the weights, not the biases, lose before the step.</param>
internal readonly record struct StepRule(Optimizer Optimizer, float Size, float Decay);
