using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>
/// The Bicep command line as one process for many questions (<c>bicep jsonrpc</c>): its start takes far longer than an answer.
/// </summary>
internal sealed class BicepServer
{
    private readonly Lock _gate = new();
    private readonly Process _process;
    private int _questions;

    /// <summary>Starts it; it ends when its standard input does, which is with the tests.</summary>
    public BicepServer(string program) => _process = Process.Start(new ProcessStartInfo(program, ["jsonrpc", "--stdio"])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Asks one question and returns its result; an error is an exception with what Bicep says.</summary>
    public JsonNode Ask(string method, JsonObject parameters)
    {
        lock (_gate)
        {
            var question = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_questions, ["method"] = method, ["params"] = parameters };
            var body = Encoding.UTF8.GetBytes(question.ToJsonString());
            var input = _process.StandardInput.BaseStream;
            input.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            input.Write(body);
            input.Flush();
            var answer = ReadAnswer(_process.StandardOutput.BaseStream);
            return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer.ToJsonString()}");
        }
    }

    // A header a line, an empty line, and as many bytes of JSON as the header says.
    private static JsonNode ReadAnswer(Stream output)
    {
        const string length = "Content-Length:";
        byte[] body = [];
        while (ReadLine(output) is { Length: > 0 } header)
        {
            if (header.StartsWith(length, StringComparison.OrdinalIgnoreCase))
                body = new byte[int.Parse(header[length.Length..], CultureInfo.InvariantCulture)];
        }

        output.ReadExactly(body);
        return JsonNode.Parse(body)!;
    }

    private static string ReadLine(Stream output)
    {
        var line = new StringBuilder();
        while (output.ReadByte() is var letter and not '\n')
        {
            if (letter < 0) throw new EndOfStreamException("Bicep has ended.");
            line.Append((char)letter);
        }

        return line.ToString().TrimEnd('\r');
    }
}
