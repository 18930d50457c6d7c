internal import Diagnostics
public import Foundation

/// A filter: what it does, and how it may be called.
public struct Filter: Sendable {
  /// What a filter does.
  public typealias Body = @Sendable (Value, FilterArguments) throws(FilterError) -> Value

  let arguments: ClosedRange<Int>
  let named: Set<String>
  let needed: [String]
  let takesNothing: Bool
  /// The words that its first argument may be; nil for any.
  ///
  /// A pattern with `%` is none of them.
  let choices: Set<String>?
  /// What kinds of values it takes; nil for every kind.
  var takes: Set<Shape.Kind>?
  /// What it makes of them.
  var gives: Gift
  /// What the filter does.
  package let body: Body

  /// What kind of value a filter makes.
  enum Gift: Sendable {
    case shape(Shape)
    /// The kind that it was given.
    case same
    /// What the list that it was given holds.
    case element
  }

  /// What is wrong with a call, if anything.
  func complaint(_ name: String, _ count: Int, _ names: [String]) -> (
    message: String, remedy: String?
  )? {
    if !arguments.contains(count) {
      return ("the filter '\(name)' takes \(wanted), not \(count)", nil)
    }
    let missing = needed.filter { !names.contains($0) }
    if !missing.isEmpty {
      let list = missing.map { "'\($0)'" }.joined(separator: ", ")
      return (
        "the filter '\(name)' lacks \(list)",
        "write \(missing.map { "\($0): '…'" }.joined(separator: ", ")) too"
      )
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

  /// The filters of the standard language, with times in UTC.
  public static let standard = FilterTable.standard(in: .gmt)

  /// The filters of the standard language.
  /// - Parameter zone: the time zone that `date` writes in, and reads what names none.
  /// - Returns: the table.
  public static func standard(in zone: TimeZone) -> FilterTable {
    var table = FilterTable()
    table.addStringFilters()
    table.addMarkupFilters()
    table.addEncodingFilters()
    table.addListFilters()
    table.addQueryFilters()
    table.addNumberFilters()
    table.addDate(in: zone)
    table.addSignatures()
    return table
  }

  /// The names of all filters, sorted.
  public var names: [String] { filters.keys.sorted() }

  package subscript(name: String) -> Filter? { filters[name] }

  /// Adds a filter, or replaces one.
  /// - Parameters:
  ///   - name: its name.
  ///   - arguments: how many arguments it takes by place.
  ///   - named: the names of arguments that it takes by name.
  ///   - needed: those of them that must be there.
  ///   - takesNothing: whether it makes sense of a value that is not there, as `default` does.
  ///   - choices: the words that its first argument may be, where only some make sense.
  ///   - takes: the kinds of values that it can do something with; nil for all.
  ///   - gives: the kind of value that it makes; nil for the kind that it was given.
  ///   - body: what it does.
  public mutating func add(
    _ name: String, arguments: ClosedRange<Int> = 0...0, named: Set<String> = [],
    needed: [String] = [], takesNothing: Bool = false, choices: Set<String>? = nil,
    takes: Set<Shape.Kind>? = nil, gives: Shape? = nil, _ body: @escaping Filter.Body
  ) {
    filters[name] = Filter(
      arguments: arguments, named: named, needed: needed, takesNothing: takesNothing,
      choices: choices, takes: takes,
      gives: gives.map(Filter.Gift.shape) ?? .same, body: body)
  }

  /// What the standard filters take and give; the others take anything and give its like.
  private mutating func addSignatures() {
    let written: Set<Shape.Kind> = [.text, .number, .flag]
    let texts = [
      "append", "base64_decode", "base64_encode", "base64_url_safe_decode",
      "base64_url_safe_encode", "capitalize", "downcase", "escape", "escape_once", "lstrip",
      "newline_to_br", "prepend", "remove", "remove_first", "remove_last", "replace",
      "replace_first", "replace_last", "rstrip", "strip", "strip_html", "strip_newlines",
      "truncate", "truncatewords", "upcase", "url_decode", "url_encode",
    ]
    let numbers = [
      "abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus",
      "round", "times",
    ]
    let lists = [
      "compact", "concat", "reject", "reverse", "sort", "sort_natural", "uniq", "where",
    ]
    let signatures: [([String], Set<Shape.Kind>, Filter.Gift)] = [
      (texts, written, .shape(.text)), (numbers, [.number], .shape(.number)),
      (lists, [.list], .same), (["find", "first", "last"], [.list, .text], .element),
      (["size"], [.list, .text], .shape(.number)), (["join"], [.list], .shape(.text)),
      (["split"], written, .shape(.list(.text))), (["map"], [.list], .shape(.list(.anything))),
      (["sum"], [.list], .shape(.number)), (["find_index"], [.list], .shape(.number)),
      (["has"], [.list], .shape(.flag)), (["date"], [.day, .moment], .shape(.text)),
    ]
    for (names, takes, gives) in signatures {
      for name in names {
        filters[name]?.takes = takes
        filters[name]?.gives = gives
      }
    }
  }
}
