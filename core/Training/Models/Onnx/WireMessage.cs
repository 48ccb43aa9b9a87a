namespace MusicPipeline.Training.Models.Onnx;

/// <summary>The message types that <see cref="WireCheck"/> walks through.</summary>
internal enum WireMessage
{
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    ValueInfo,
    Type,
    TensorType,
    Shape,
    Dimension,
    OperatorSet,
    Entry,
}
