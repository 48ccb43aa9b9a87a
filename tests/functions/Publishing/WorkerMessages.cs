using ProtoBuf;

namespace MusicPipeline.Functions.Tests.Publishing;

/// <summary>The part of the Functions host's protocol with its worker (<c>FunctionRpc.proto</c>) that starts functions.</summary>
[ProtoContract]
internal sealed class StreamingMessage
{
    [ProtoMember(1)]
    public string RequestId { get; set; } = "";

    [ProtoMember(2)]
    public RpcLog? Log { get; set; }

    [ProtoMember(8)]
    public FunctionLoadRequest? Load { get; set; }

    [ProtoMember(9)]
    public FunctionLoadResponse? Loaded { get; set; }

    [ProtoMember(16)]
    public WorkerInitResponse? Initialized { get; set; }

    [ProtoMember(17)]
    public WorkerInitRequest? Initialize { get; set; }

    [ProtoMember(20)]
    public StartStream? Started { get; set; }
}

[ProtoContract]
internal sealed class StartStream
{
    [ProtoMember(2)]
    public string WorkerId { get; set; } = "";
}

[ProtoContract]
internal sealed class WorkerInitRequest
{
    [ProtoMember(1)]
    public string HostVersion { get; set; } = "";
}

[ProtoContract]
internal sealed class WorkerInitResponse
{
    [ProtoMember(3)]
    public StatusResult? Result { get; set; }
}

[ProtoContract]
internal sealed class FunctionLoadRequest
{
    [ProtoMember(1)]
    public string FunctionId { get; set; } = "";

    [ProtoMember(2)]
    public FunctionMetadata? Metadata { get; set; }
}

[ProtoContract]
internal sealed class FunctionLoadResponse
{
    [ProtoMember(1)]
    public string FunctionId { get; set; } = "";

    [ProtoMember(2)]
    public StatusResult? Result { get; set; }
}

[ProtoContract]
internal sealed class FunctionMetadata
{
    [ProtoMember(1)]
    public string Directory { get; set; } = "";

    [ProtoMember(2)]
    public string ScriptFile { get; set; } = "";

    [ProtoMember(3)]
    public string EntryPoint { get; set; } = "";

    [ProtoMember(4)]
    public string Name { get; set; } = "";

    [ProtoMember(6)]
    public Dictionary<string, Binding> Bindings { get; set; } = [];
}

[ProtoContract]
internal sealed class Binding
{
    [ProtoMember(2)]
    public string Type { get; set; } = "";

    /// <summary>0 in, 1 out.</summary>
    [ProtoMember(3)]
    public int Direction { get; set; }
}

[ProtoContract]
internal sealed class StatusResult
{
    [ProtoMember(2)]
    public RpcException? Exception { get; set; }

    /// <summary>0 failure, 1 success, 2 cancelled.</summary>
    [ProtoMember(4)]
    public int Status { get; set; }

    public bool Succeeded => Status == 1;
}

[ProtoContract]
internal sealed class RpcException
{
    [ProtoMember(2)]
    public string Message { get; set; } = "";
}

[ProtoContract]
internal sealed class RpcLog
{
    [ProtoMember(4)]
    public string Message { get; set; } = "";
}
