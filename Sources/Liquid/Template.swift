public import Diagnostics
public import Foundation

/// What printing an undefined variable means.
public enum Undefined: Sendable, Hashable {
  /// Nothing is printed, as the reference implementation does.
  case lenient
  /// It is an error: a reply with a hole must not exist.
  ///
  /// So is the printing of an empty text that the template itself did not write, or of an object or
  /// list; a value that is not there may be tested by conditions and replaced by `default`, and go
  /// into nothing else.
  case strict
  /// Nothing comes of nothing: a filter is not asked about a value that is not there, unless it makes
  /// sense of that as `default` does. Values that a filter cannot take are errors, as in `strict`.
  case absent
}

/// A template of the Liquid language: parsed once, rendered often.
///
/// The language is that of Shopify's reference ("Liquid template language") with all its tags, and
/// with the filters of the table that it is parsed with.
public struct Template: Sendable {
  /// The file it came from.
  public let file: String
  /// The templates that it renders in turn.
  public let partials: [Located<String>]
  let source: SourceText
  let nodes: [Node]

  /// Parses a template.
  /// - Parameters:
  ///   - source: the template.
  ///   - filters: the filters that it may use.
  /// - Throws: `InvalidFiles` with every fault, not the first alone.
  public init(_ source: SourceText, filters: FilterTable = .standard) throws(InvalidFiles) {
    let parser = Parser(source, filters)
    if let error = InvalidFiles(source.diagnostics(of: parser.faults)) { throw error }
    file = source.file
    nodes = parser.nodes
    partials = zip(parser.partials, source.locations(of: parser.partials.map(\.at))).map {
      Located($0.name, at: $1)
    }
    self.source = source
  }

  /// Looks for what could make a hole, in every branch and without values.
  ///
  /// A template without findings renders strictly whatever values of these shapes it is given, unless
  /// a filter such as `remove` leaves nothing of one, or cannot take its argument.
  /// - Parameters:
  ///   - variables: what it is given.
  ///   - certain: the paths, such as `order.shipment.carrier`, that are there though their shapes
  ///     say that they need not be.
  ///   - partials: finds the templates that this one renders in turn.
  /// - Returns: the findings, each once; some may lie in partials.
  public func holes(
    given variables: [String: Shape.Member], certain: Set<String> = [],
    partials: (String) -> Template? = { _ in nil }
  ) -> [Diagnostic] {
    withoutActuallyEscaping(partials) {
      Proof(of: self, given: variables, certain: certain, partials: $0).found
    }
  }

  /// Renders the template.
  /// - Parameters:
  ///   - variables: the values by name. They are data: nothing in them is read as template text.
  ///   - partials: finds the templates that this one renders in turn.
  ///   - undefined: what printing an undefined variable means.
  ///   - limits: how much it may cost.
  ///   - now: the clock; without it, filters do not know what today is.
  /// - Returns: the text.
  /// - Throws: `RenderError`; there is no text then.
  public func render(
    _ variables: [String: Value], partials: (String) -> Template? = { _ in nil },
    undefined: Undefined, limits: Limits = .standard, now: Date? = nil
  ) throws(RenderError) -> String {
    try rendering(
      variables, partials: partials, undefined: undefined, limits: limits, now: now
    ).text
  }

  /// Renders the template, and says which ways it took.
  /// - Parameters:
  ///   - variables: the values by name.
  ///   - partials: finds the templates that this one renders in turn.
  ///   - undefined: what printing an undefined variable means.
  ///   - limits: how much it may cost.
  ///   - now: the clock.
  /// - Returns: the text, and the ways that led to it, also those in partials.
  /// - Throws: `RenderError`; there is no text then.
  public func rendering(
    _ variables: [String: Value], partials: (String) -> Template? = { _ in nil },
    undefined: Undefined, limits: Limits = .standard, now: Date? = nil
  ) throws(RenderError) -> (text: String, branches: [BranchMark]) {
    try withoutActuallyEscaping(partials) { (partials) throws(RenderError) in
      var renderer = Renderer(
        self, Scope(outside: variables), partials, undefined: undefined, limits: limits, now: now)
      return (try renderer.rendered(), renderer.taken)
    }
  }
}
