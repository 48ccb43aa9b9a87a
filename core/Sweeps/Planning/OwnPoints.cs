using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>The points that a request itself names, to be tried first.</summary>
internal static class OwnPoints
{
    private const int MostPoints = 1000;
    private const string Field = "points";

    /// <summary>Each of them once, in the order of the request.</summary>
    /// <exception cref="InputException">There are too many, or one names what there is not.</exception>
    public static IReadOnlyList<HyperParameters> Of(SweepRequest request)
    {
        if (request.Points is not { } points) return [];
        SweepRequestRules.Require(points.Count > 0, "the list of points is empty", "give at least one", Field);
        SweepRequestRules.Require(
            points.Count <= MostPoints, $"the request names {points.Count} points", $"give at most {MostPoints} of its own", Field);
        var space = SampledPoints.SpaceOf(request);
        // What has one value alone does not vary, so points have that value, too, unless they name another.
        var usual = space.Dimensions.Where(dimension => dimension.Values is [_])
            .Aggregate(space.Fixed, (point, dimension) => dimension.Name.Set(point, dimension.Values![0]));
        return [.. points.Select((point, i) => Of(point, i + 1, usual)).Distinct()];
    }

    private static HyperParameters Of(IReadOnlyDictionary<string, JsonElement> point, int number, HyperParameters usual)
    {
        SweepRequestRules.Require(point.Count > 0, $"the point {number} is empty", "name a hyper-parameter, such as learningRate", Field);
        var result = usual;
        foreach (var (name, value) in point)
        {
            var parameter = HyperParameter.Nested.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new InputException(
                    $"the point {number} names '{name}', which is no hyper-parameter",
                    $"name some of {string.Join(", ", HyperParameter.Nested)}")
                {
                    Field = Field,
                };
            result = parameter.Set(result, ValueOf(parameter, value, number));
        }

        return result;
    }

    private static double ValueOf(HyperParameter parameter, JsonElement value, int number)
    {
        double read = 0;
        var isOne = parameter.IsChoice
            ? value.ValueKind == JsonValueKind.String && parameter.TryParse(value.GetString(), out read)
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out read);
        SweepRequestRules.Require(
            isOne && parameter.Takes(read),
            $"the {parameter.Name} {value} of the point {number} is out of range",
            $"give {parameter.Bounds}",
            Field);
        return read;
    }
}
