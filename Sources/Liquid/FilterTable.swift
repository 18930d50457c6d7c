/// A value that a filter cannot take.
public struct FilterError: Error, Sendable, Hashable {
  /// What is wrong, to be read after "the filter 'name'".
  public let message: String

  /// Makes the error.
  /// - Parameter message: what is wrong, to be read after "the filter 'name'".
  public init(_ message: String) { self.message = message }
}

/// What a filter is called with besides its value.
public struct FilterArguments: Sendable {
  private let positional: [Value]
  private let named: [String: Value]

  init(_ positional: [Value], named: [String: Value]) {
    self.positional = positional
    self.named = named
  }

  /// An argument by its place.
  /// - Parameter place: the place, from 0.
  /// - Returns: the argument, or nothing.
  public subscript(place: Int) -> Value {
    positional.indices.contains(place) ? positional[place] : .nothing
  }

  /// An argument by its name.
  /// - Parameter name: the name.
  /// - Returns: the argument, if it was given.
  public subscript(name: String) -> Value? { named[name] }
}

/// A filter: what it does, and how it may be called.
public struct Filter: Sendable {
  /// What a filter does.
  public typealias Body = @Sendable (Value, FilterArguments) throws(FilterError) -> Value

  let arguments: ClosedRange<Int>
  let named: Set<String>
  let takesNothing: Bool
  let body: Body

  /// What is wrong with a call, if anything.
  func complaint(_ name: String, _ count: Int, _ names: [String]) -> String? {
    if !arguments.contains(count) {
      let wanted =
        arguments.lowerBound == arguments.upperBound
        ? "\(arguments.lowerBound)" : "\(arguments.lowerBound) to \(arguments.upperBound)"
      return "the filter '\(name)' takes \(wanted) arguments, not \(count)"
    }
    guard let unknown = names.first(where: { !named.contains($0) }) else { return nil }
    return "the filter '\(name)' has no argument '\(unknown)'"
  }
}

/// Filters by name.
public struct FilterTable: Sendable {
  private var filters: [String: Filter] = [:]

  /// A table without filters.
  public init() {}

  /// The filters of the standard language that stand so far.
  public static let standard: FilterTable = {
    var table = FilterTable()
    table.addStringFilters()
    table.addListFilters()
    table.addNumberFilters()
    return table
  }()

  /// The names of all filters, sorted.
  public var names: [String] { filters.keys.sorted() }

  subscript(name: String) -> Filter? { filters[name] }

  /// Adds a filter, or replaces one.
  /// - Parameters:
  ///   - name: its name.
  ///   - arguments: how many arguments it takes by place.
  ///   - named: the names of arguments that it takes by name.
  ///   - takesNothing: whether it makes sense of a value that is not there, as `default` does.
  ///   - body: what it does.
  public mutating func add(
    _ name: String, arguments: ClosedRange<Int> = 0...0, named: Set<String> = [],
    takesNothing: Bool = false, _ body: @escaping Filter.Body
  ) {
    filters[name] = Filter(
      arguments: arguments, named: named, takesNothing: takesNothing, body: body)
  }
}
