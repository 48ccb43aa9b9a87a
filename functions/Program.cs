using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Functions.Http;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<BodyRules>();
builder.UseMiddleware<DurableClientMiddleware>();
builder.Services.AddFunctionsPipeline();
builder.Services.AddPipelineTelemetry(builder.Configuration);
await builder.Build().RunAsync();
