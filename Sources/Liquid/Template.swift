public import Diagnostics

/// What printing an undefined variable means.
public enum Undefined: Sendable {
  /// Nothing is printed, as the reference implementation does.
  case lenient
  /// It is an error: a reply with a hole must not exist.
  case strict
}

/// How much one rendering may cost.
public struct Limits: Sendable, Hashable {
  /// Nodes that are rendered.
  public var steps: Int
  /// How deep partials may be nested.
  public var depth: Int
  /// Bytes of output.
  public var outputBytes: Int

  /// Sets limits.
  /// - Parameters:
  ///   - steps: nodes that are rendered.
  ///   - depth: how deep partials may be nested.
  ///   - outputBytes: bytes of output.
  public init(steps: Int, depth: Int, outputBytes: Int) {
    self.steps = steps
    self.depth = depth
    self.outputBytes = outputBytes
  }

  /// Far above what a message needs, far below what would be felt.
  public static let standard = Limits(steps: 100_000, depth: 32, outputBytes: 1 << 20)
}

/// A template of the Liquid language: parsed once, rendered often.
///
/// The language is that of Shopify's reference ("Liquid template language"): output with filters,
/// `if`, `unless`, `case`, `for`, `assign`, `capture`, `comment`, `raw`, `render`, `echo`, and
/// whitespace control.
public struct Template: Sendable {
  /// The file it came from.
  public let file: String
  /// Every variable that is read from outside, in reading order: not those that the template gives
  /// itself with `assign`, `capture` or `for`.
  public let variables: [VariableUse]
  /// The templates that it renders in turn.
  public let partials: [Located<String>]
  let nodes: [Node]

  /// Parses a template.
  /// - Parameters:
  ///   - source: the template.
  ///   - filters: the filters that it may use.
  /// - Throws: `InvalidFiles` with every fault, not the first alone.
  public init(_ source: SourceText, filters: FilterTable = .standard) throws(InvalidFiles) {
    let parser = Parser(source, filters)
    if let error = InvalidFiles(parser.diagnostics) { throw error }
    file = source.file
    nodes = parser.nodes
    variables = parser.uses
    partials = parser.partials
  }

  /// Renders the template.
  /// - Parameters:
  ///   - variables: the values by name. They are data: nothing in them is read as template text.
  ///   - partials: finds the templates that this one renders in turn.
  ///   - undefined: what printing an undefined variable means.
  ///   - limits: how much it may cost.
  /// - Returns: the text.
  /// - Throws: `RenderError`; there is no text then.
  public func render(
    _ variables: [String: Value], partials: (String) -> Template? = { _ in nil },
    undefined: Undefined, limits: Limits = .standard
  ) throws(RenderError) -> String {
    try withoutActuallyEscaping(partials) { (partials) throws(RenderError) in
      var renderer = Renderer(
        variables: variables, partials: partials, undefined: undefined, limits: limits)
      try renderer.render(self)
      return renderer.output
    }
  }
}
