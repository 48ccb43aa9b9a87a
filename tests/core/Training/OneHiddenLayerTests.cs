using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using MusicPipeline.Training;
using MusicPipeline.Training.Checkpoints;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

/// <summary>What one hidden layer has always come to: hashes taken before networks had any depth.</summary>
public sealed class OneHiddenLayerTests
{
    // Processors estimate reciprocals and libraries compute logarithms and cosines each in their own way, in the last bits.
    private const string ProbeOfTheseHashes = "0e14b5b7b0fde901";

    private static readonly (int[] Shape, HyperParameters Parameters)[] Runs =
    [
        // rows, features, classes
        ([300, 20, 5], new(0.01, 24, 4, 32, 7)),
        ([300, 20, 5], new(0.01, 24, 4, 32, 7) { Activation = Activation.Tanh, Schedule = LearningRateSchedule.Step, WeightDecay = 0.1 }),
        ([300, 20, 5], new(0.01, 24, 4, 32, 7) { Activation = Activation.Relu, Schedule = LearningRateSchedule.Cosine, WeightDecay = 0.1 }),
        ([90, 17, 37], new(0.003, 130, 3, 31, 3) { Activation = Activation.Relu }),
        ([90, 17, 37], new(0.003, 131, 3, 31, 3) { WeightDecay = 0.5 }),
        ([7, 1, 2], new(0.003, 1, 3, 3)),
        ([257, 120, 10], new(0.001, 256, 2)),
        ([50, 5, 11], new(0.1, 100, 3, 200, -4) { Activation = Activation.Tanh }),
    ];

    private const string Checkpoint =
        "TVBDSwIgh2gnlg0qkQILWbc2nc51TamMXsHy9b1sbhhyty5IGAZhYjEyIDEAAAAAAAD4PwdjcHUtMjU2+n5qvHSTaD8CAAAAAwAA"
        + "AAMAAAABAAAABwAAAJqZmZmZmbk/AAAAAAEAAAADAAAAwvwC1Vii6D+SJEmSJEniP6KVr/8KTuc/AAAAAAAA4D/zjOdjPEDoP5Ik"
        + "SZIkSeI/siPOK1ty5z8AAAAAAADgP6fRiJpjCeg/kiRJkiRJ4j8H8GULiZfnPwAAAAAAAOA/AQAAAAIAAACfVYG/MZS1PZUVwLyi"
        + "X8I8Vqmavt6HlT8q7369ZgUQv0Z4wjxGeMK8sDNevVHH9Dx5PE0+cqLRvZikRr2apEY97mNUO+1jVLvOyky+zcpMPpG2CDq4gxo5"
        + "oxq0OlLKrjn3B+I5+AfiOeyXmDbrl5g2iTGlOokxpTqAioNOf8vYP0KBHfSQtu8/";

    public static TheoryData<int, string[]> Hashes => new()
    {
        {
            128,
            [
                "4f8008819e9a9ee7", "c60f6a96120a9b81", "77ea8c80042d828b", "539c45ce5c0335a1",
                "4ffb35bd97a2d5fd", "d3dd22b0c7d3abb7", "8602a7faed9652fc", "073ab163f64627a1",
            ]
        },
        {
            256,
            [
                "38f4dfd656d2305e", "16f0d5c6b0599daa", "efb32f32adaf26f2", "b3742a962176765b",
                "2ca6d3fdf7a9d2cb", "d3dd22b0c7d3abb7", "1f3202ea193eaa15", "024b3c42c3fcb60d",
            ]
        },
        {
            512,
            [
                "aa44b10095486c50", "d35ad4269f39e499", "cfba81af250faefb", "a65034aa8f773651",
                "e7adc4ea8aa24656", "d3dd22b0c7d3abb7", "6b0251a4b86e3bcb", "9a0d91b822b7a220",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Hashes))]
    public void The_Bits_Of_One_Hidden_Layer_Are_What_They_Were(int width, string[] expected)
    {
        if (!Fma.IsSupported || Probe() != ProbeOfTheseHashes)
            Assert.Skip("The hashes were taken on a processor that rounds otherwise.");
        var device = new CpuTrainingDevice((VectorWidth)width);

        Assert.Equal(expected, Runs.Select(run => Hash(TrainingCases.Bits(
            device.Train(TrainingCases.Split(run.Shape[0], run.Shape[1], run.Shape[2]), run.Parameters)))));
    }

    [Fact]
    public void A_Checkpoint_Of_The_Time_Before_Is_Read()
    {
        var (seconds, checkpoint) = CheckpointFile.TryRead("ab12 1", Convert.FromBase64String(Checkpoint))!.Value;

        Assert.Equal(1.5, seconds);
        Assert.Equal(new HyperParameters(0.003, 2, 3, 3) { Activation = Activation.Tanh, WeightDecay = 0.1 }, checkpoint.Parameters);
        Assert.Equal(("cpu-256", 7, 3), (checkpoint.Arithmetic, checkpoint.TrainingRows, checkpoint.Epochs.Count));
        Assert.Equal((1, 2), (checkpoint.Weights.Features, checkpoint.Weights.Classes));
        Assert.Equal(Math.Pow(0.9, 9), checkpoint.Beta1Power, 1e-12);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    private static string Probe()
    {
        var values = Enumerable.Range(1, 1000).Select(i => Math.Log(1 + (i / 7.0)) + Math.Cos(Math.PI * i / 1000)).ToList();
        for (var i = 1; Avx512F.IsSupported && i <= 1000; i++)
        {
            var value = Vector512.Create(i / 7f);
            values.Add(Avx512F.Reciprocal14(value)[0]);
            values.Add(Avx512F.ReciprocalSqrt14(value)[0]);
        }

        return Hash(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
    }
}
