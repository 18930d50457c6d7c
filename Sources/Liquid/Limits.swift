/// How much one rendering may cost.
public struct Limits: Sendable, Hashable {
  /// Nodes that are rendered, with the turns of loops and a share of the bytes that filters take.
  public var steps: Int
  /// How deep tags and templates may stand in one another.
  public var depth: Int
  /// Bytes of output, and of any text that is made on the way to it.
  public var outputBytes: Int

  /// Sets limits.
  /// - Parameters:
  ///   - steps: nodes that are rendered.
  ///   - depth: how deep tags and templates may stand in one another.
  ///   - outputBytes: bytes of output.
  public init(steps: Int, depth: Int, outputBytes: Int) {
    self.steps = steps
    self.depth = depth
    self.outputBytes = outputBytes
  }

  /// Far above what a message needs, far below what would be felt.
  ///
  /// The depth is the reference's.
  public static let standard = Limits(
    steps: 100_000, depth: Parser.maximumDepth, outputBytes: 1 << 20)
}
