using Microsoft.AspNetCore.Http;
using MusicPipeline.Errors;
using MusicPipeline.Json;

namespace MusicPipeline.Functions.Http;

/// <summary>Answers in the pipeline's JSON.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, PipelineJson.Options, statusCode: status);

    public static IResult Of(Problem problem) =>
        Results.Json(problem, PipelineJson.Options, Problem.MediaType, problem.Status);
}
