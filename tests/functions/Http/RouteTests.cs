using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Functions.Http;
using MusicPipeline.Http;
using Xunit;

namespace MusicPipeline.Functions.Tests.Http;

public sealed class RouteTests
{
    private static IEnumerable<(string Name, HttpTriggerAttribute Trigger)> Functions =>
        from type in typeof(SweepFunctions).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        from parameter in function is null ? [] : method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (function.Name, trigger);

    [Fact]
    public void Every_Route_Of_The_Api_Has_A_Function_And_No_Function_Another_Route() =>
        Assert.Equal(
            PipelineApi.Routes
                .SelectMany(route => route.Methods, (route, method) => $"{method} {route.Pattern}")
                .Order(StringComparer.Ordinal),
            Functions.Where(function => function.Name != nameof(DataFunctions.UnknownRoute))
                .SelectMany(
                    function => function.Trigger.Methods!,
                    (function, method) => $"{method.ToUpperInvariant()} {function.Trigger.Route}")
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_Function_Asks_For_A_Key_But_Those_For_Probes_And_Of_The_Page_That_Asks_For_It() =>
        Assert.All(Functions, function => Assert.Equal(
            function.Name is nameof(DataFunctions.CheckHealth) or nameof(PageFunctions.ShowPage) or nameof(PageFunctions.ReadPageFile)
                ? AuthorizationLevel.Anonymous
                : AuthorizationLevel.Function,
            function.Trigger.AuthLevel));

    [Fact]
    public void The_Route_For_All_The_Rest_Comes_Last() =>
        Assert.Equal(nameof(DataFunctions.UnknownRoute), Functions.Select(function => function.Name).Max(StringComparer.OrdinalIgnoreCase));

    [Theory]
    [InlineData("/api/sweeps", true)]
    [InlineData("/api/sweeps/x", true)]
    [InlineData("/api/sweeps/x/report", true)]
    [InlineData("/api/audio/a/b/c.aiff", true)]
    [InlineData("/api/sweeps/x/best.onnx", true)]
    [InlineData("/api/sweeps/x/charts/y.png", true)]
    [InlineData("/api/datasets/x/y/train_data.npy", true)]
    [InlineData("/api/sweeps/", false)]
    [InlineData("/api/sweeps/x/y", false)]
    [InlineData("/api/sweeps/x/y/z", false)]
    [InlineData("/api/nothing", false)]
    [InlineData("/", false)]
    public void A_Wrong_Method_Is_Told_From_A_Wrong_Path(string path, bool fits) => Assert.Equal(fits, PipelineApi.Fits(path));
}
