using System.Globalization;
using System.Text.Json;
using CsCheck;
using MusicPipeline.Json;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class ValidationRuleTests
{
    [Theory]
    [InlineData("test", null)]
    [InlineData("TEST", null)]
    [InlineData("0.2", 0.2)]
    [InlineData("1e-1", 0.1)]
    [InlineData(" .5 ", 0.5)]
    [InlineData("0.9999", 0.9999)]
    public void Reads_The_Test_Set_Or_A_Share(string text, double? share)
    {
        Assert.True(ValidationRule.TryParse(text, out var rule));
        Assert.Equal(share, rule.Share);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tests")]
    [InlineData("0")]
    [InlineData("-0.2")]
    [InlineData("1")]
    [InlineData("1e-400")]
    [InlineData("20%")]
    [InlineData("0,2")]
    [InlineData("0,0.2")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x1")]
    [InlineData("-fold")]
    [InlineData("1-fold")]
    [InlineData("21-fold")]
    [InlineData("+5-fold")]
    [InlineData("5-folds")]
    [InlineData("5-fold/0")]
    [InlineData("5-fold/6")]
    [InlineData("5-fold/")]
    public void Refuses_Everything_Else(string? text)
    {
        Assert.False(ValidationRule.TryParse(text, out var rule));
        Assert.Same(ValidationRule.TestSet, rule);
    }

    [Theory]
    [InlineData("5-fold", 5, null)]
    [InlineData("20-fold/20", 20, 20)]
    public void Reads_Folds(string text, int folds, int? fold)
    {
        Assert.True(ValidationRule.TryParse(text, out var rule));
        Assert.Equal((folds, fold, 1.0 / folds), (rule.Folds!.Value, rule.Fold, rule.Share!.Value));
        Assert.Equal(text, rule.ToString());
        var json = JsonSerializer.Serialize(rule, PipelineJson.Compact);
        Assert.Equal($"\"{text}\"", json);
        Assert.Equal(rule, JsonSerializer.Deserialize<ValidationRule>(json, PipelineJson.Compact));
        Assert.NotEqual(rule, ValidationRule.HoldOut(1.0 / folds));
        Assert.Equal(fold is null ? folds : 1, rule.OfTrials().Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    public void Makes_No_Impossible_Folds(int folds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValidationRule.InFolds(folds));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Holds_Out_No_Impossible_Share(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValidationRule.HoldOut(share));

    [Fact]
    public void Its_Text_And_Its_Json_Lead_Back_To_It() => Gen.Double[1e-12, 1 - 1e-12].Sample(share =>
    {
        var rule = ValidationRule.HoldOut(share);
        Assert.True(ValidationRule.TryParse(rule.ToString(), out var parsed));
        Assert.Equal(rule, parsed);
        var json = JsonSerializer.Serialize(rule, PipelineJson.Compact);
        Assert.Equal(share, double.Parse(json, CultureInfo.InvariantCulture));
        Assert.Equal(rule, JsonSerializer.Deserialize<ValidationRule>(json, PipelineJson.Compact));
    });

    [Fact]
    public void The_Test_Set_Is_A_Word_In_Json()
    {
        Assert.Equal("\"test\"", JsonSerializer.Serialize(ValidationRule.TestSet, PipelineJson.Compact));
        Assert.Equal(ValidationRule.TestSet, JsonSerializer.Deserialize<ValidationRule>("\"Test\"", PipelineJson.Compact));
        Assert.Equal(ValidationRule.HoldOut(0.25), JsonSerializer.Deserialize<ValidationRule>("\"0.25\"", PipelineJson.Compact));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1e999")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("\"half\"")]
    public void Says_In_Json_What_It_Takes(string json) => Assert.StartsWith(
        "validation must be \"test\", a share above 0 and below 1, such as 0.2",
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ValidationRule>(json, PipelineJson.Compact)).Message);
}
