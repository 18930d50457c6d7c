internal import Diagnostics

/// A filter: what it does, and how it may be called.
public struct Filter: Sendable {
  /// What a filter does.
  public typealias Body = @Sendable (Value, FilterArguments) throws(FilterError) -> Value

  let arguments: ClosedRange<Int>
  let named: Set<String>
  let takesNothing: Bool
  let body: Body

  /// What is wrong with a call, if anything.
  func complaint(_ name: String, _ count: Int, _ names: [String]) -> (
    message: String, remedy: String?
  )? {
    if !arguments.contains(count) {
      return ("the filter '\(name)' takes \(wanted), not \(count)", nil)
    }
    guard let unknown = names.first(where: { !named.contains($0) }) else { return nil }
    let meant = nearest(to: unknown, among: named).map { "did you mean '\($0)'?" }
    return ("the filter '\(name)' has no argument '\(unknown)'", meant)
  }

  private var wanted: String {
    let (least, most) = (arguments.lowerBound, arguments.upperBound)
    return (least == most ? "\(most)" : "\(least) to \(most)") + " arguments"
  }
}

/// Filters by name.
public struct FilterTable: Sendable {
  private var filters: [String: Filter] = [:]

  /// A table without filters.
  public init() {}

  /// The filters of the standard language, but for `date`.
  public static let standard: FilterTable = {
    var table = FilterTable()
    table.addStringFilters()
    table.addMarkupFilters()
    table.addEncodingFilters()
    table.addListFilters()
    table.addQueryFilters()
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
