using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class TrialIdTests
{
    private static readonly HyperParameters Parameters = new(0.001, 256, 10);

    [Fact]
    public void Equal_Trials_Have_One_Id() =>
        Assert.Equal(
            TrialId.Of("v", Parameters, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { }, ValidationRule.TestSet));

    [Fact]
    public void Results_On_Record_Keep_Their_Names() =>
        Assert.Equal("d6336b732299abac8815", TrialId.Of("v", Parameters, ValidationRule.TestSet));

    [Fact]
    public void Every_Part_Changes_The_Id()
    {
        string[] ids =
        [
            TrialId.Of("v", Parameters, ValidationRule.TestSet),
            TrialId.Of("w", Parameters, ValidationRule.TestSet),
            TrialId.Of("v", Parameters, ValidationRule.HoldOut(0.2)),
            TrialId.Of("v", Parameters with { LearningRate = 0.01 }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { HiddenUnits = 255 }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { Epochs = 11 }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { BatchSize = 64 }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { Seed = 2 }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { WeightDecay = 0.01 }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { Schedule = LearningRateSchedule.Step }, ValidationRule.TestSet),
            TrialId.Of("v", Parameters with { Activation = Activation.Tanh }, ValidationRule.TestSet),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{20}$", id));
    }
}
