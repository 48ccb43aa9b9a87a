using System.Net;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class PredictionTests(PipelineHost host) : PipelineTests(host)
{
    private const int Rows = 30;
    private readonly float[] _rows = Arrays.Rows(Rows, seed: 99);

    [Fact]
    public async Task Classifies_Rows_Of_Json_And_Of_An_Array()
    {
        var (sweep, trial) = await TrainAsync("predict");
        var answer = (await Api.PostAsync($"/api/predict?model={sweep}", Json(_rows, Arrays.Features))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(sweep, answer["model"]!.GetValue<string>());
        Assert.Equal([0, 1, 2], answer["classes"]!.AsArray().Select(label => label!.GetValue<long>()));
        Assert.Equal(Arrays.Labels(Rows), answer["labels"]!.AsArray().Select(label => label!.GetValue<long>()));
        foreach (var row in answer["probabilities"]!.AsArray())
        {
            Assert.Equal(Arrays.Classes, row!.AsArray().Count);
            Assert.Equal(1, row.AsArray().Sum(share => share!.GetValue<double>()), 4);
        }

        foreach (var type in (string[])["<f4", ">f4", "<f8"])
        {
            var array = (await Api.PostAsync(
                $"/api/predict?model={sweep}", Array(type), "application/octet-stream")).Expect(HttpStatusCode.OK);
            Assert.Equal(answer["labels"]!.ToJsonString(), array.Json["labels"]!.ToJsonString());
        }

        // The sweep's best model is its only trial's.
        var byTrial = (await Api.PostAsync($"/api/predict?model={trial}", Json(_rows, Arrays.Features))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(answer["probabilities"]!.ToJsonString(), byTrial["probabilities"]!.ToJsonString());
    }

    [Fact]
    public async Task Refuses_What_It_Cannot_Classify()
    {
        var (model, _) = await TrainAsync("refuse");
        var path = $"/api/predict?model={model}";
        var features = (await Api.PostAsync(path, Json(_rows, Arrays.Features - 1))).Expect(HttpStatusCode.BadRequest).Detail;
        Assert.Contains(Arrays.Features.ToString(), features, StringComparison.Ordinal);
        Assert.Contains((Arrays.Features - 1).ToString(), features, StringComparison.Ordinal);
        foreach (var body in (string[])["", "[", "{}", "[]", """{"rows": []}""", """{"rows": [[]]}""", """{"rows": [null]}""",
            """{"rows": [["a"]]}""", """{"rows": [[1, 2, 3, 4, 5, 6], [1, 2]]}""", """{"rows": [[1, 2, 3, 4, 5, 1e999]]}"""])
        {
            (await Api.PostAsync(path, body)).Expect(HttpStatusCode.BadRequest);
        }

        byte[][] arrays =
        [
            [],
            "no array"u8.ToArray(),
            Arrays.Npy("<f4", _rows, _rows.Length),
            Arrays.Npy("<f4", System.Array.Empty<float>(), 0, Arrays.Features),
            Arrays.Npy("<f4", _rows, int.MaxValue, Arrays.Features),
            Arrays.Npy("|O", _rows, Rows, Arrays.Features),
        ];
        foreach (var body in arrays) (await Api.PostAsync(path, body, "application/octet-stream")).Expect(HttpStatusCode.BadRequest);

        foreach (var type in (string?[])["text/csv", "image/png", null])
            (await Api.PostAsync(path, Array("<f4"), type)).Expect(HttpStatusCode.UnsupportedMediaType);
        (await Api.PostAsync(path, new byte[(64 << 20) + 1], "application/json")).Expect(HttpStatusCode.RequestEntityTooLarge);
        (await Api.PostAsync("/api/predict", Json(_rows, Arrays.Features))).Expect(HttpStatusCode.BadRequest);
        foreach (var unknown in (string[])["none", "..", "a/b", "%00", new string('x', 2000)])
            (await Api.PostAsync($"/api/predict?model={unknown}", Json(_rows, Arrays.Features))).Expect(HttpStatusCode.NotFound);
    }

    private async Task<(string Sweep, string Trial)> TrainAsync(string name)
    {
        var dataset = await IngestAsync(name);
        var path = await StartAsync(
            $$"""{"dataset": "{{dataset}}", "learningRates": [0.05], "hiddenUnits": [8], "epochs": 40, "batchSize": 16}""");
        var sweep = await SweepAsync(path, "completed");
        return (sweep["id"]!.GetValue<string>(), sweep["trials"]![0]!["id"]!.GetValue<string>());
    }

    private static string Json(float[] values, int features) =>
        new JsonObject
        {
            ["rows"] = new JsonArray([.. values.Chunk(features).Select(row => new JsonArray([.. row.Select(value => (JsonNode)value)]))]),
        }
            .ToJsonString();

    private byte[] Array(string type) => type switch
    {
        ">f4" => Arrays.Npy(type, System.Array.ConvertAll(_rows, value => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(
            BitConverter.SingleToUInt32Bits(value))), Rows, Arrays.Features),
        "<f8" => Arrays.Npy(type, System.Array.ConvertAll(_rows, value => (double)value), Rows, Arrays.Features),
        _ => Arrays.Npy(type, _rows, Rows, Arrays.Features),
    };
}
