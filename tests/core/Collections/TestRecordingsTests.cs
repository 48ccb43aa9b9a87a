using CsCheck;
using MusicPipeline.Collections;
using Xunit;

namespace MusicPipeline.Tests.Collections;

public sealed class TestRecordingsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(14, 2)]
    [InlineData(15, 3)]
    public void A_Fifth_Of_A_Label_Is_Held_Out(int recordings, int expected) =>
        Assert.Equal(expected, HoldOut(Enumerable.Range(0, recordings)).Count);

    [Fact]
    public void A_Recording_More_Moves_One_Other_At_Most() =>
        Gen.Select(Gen.Int[0, 1000].HashSet[3, 40], Gen.Int[1001, 2000]).Sample((contents, added) =>
        {
            var before = HoldOut(contents);
            var after = HoldOut([.. contents, added]);
            Assert.InRange(after.Except(before).Count(), 0, 1);
            Assert.InRange(before.Except(after).Count(), 0, 1);
        });

    private static HashSet<string> HoldOut(IEnumerable<int> contents)
    {
        CollectedRecording[] recordings =
        [
            .. contents.Select(content => new CollectedRecording(
                new RecordingName("strings", "cello", $"{content}.wav"), $"{content:x8}", 1, 1, [0], Source: null, IsTest: false)),
        ];
        return [.. TestRecordings.HoldOut(["cello"], recordings).Where(one => one.IsTest).Select(one => one.Name.File)];
    }
}
