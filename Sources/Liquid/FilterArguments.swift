public import Foundation

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
  /// Whether to make something of values that make no sense, as the reference does, or to refuse.
  public let undefined: Undefined
  private let positional: [Value]
  private let named: [String: Value]
  private let outputBytes: Int
  /// The clock of the rendering, if it has one.
  public let now: Date?

  init(
    _ positional: [Value], named: [String: Value], undefined: Undefined, outputBytes: Int,
    now: Date?
  ) {
    self.positional = positional
    self.named = named
    self.undefined = undefined
    self.outputBytes = outputBytes
    self.now = now
  }

  /// How many arguments are given by place.
  public var count: Int { positional.count }

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

  /// A value as a number; leniently whatever is none is what it begins with, or zero.
  func number(_ value: Value, _ complaint: String = "needs a number") throws(FilterError)
    -> Number
  {
    if undefined == .lenient { return Number(leniently: value) }
    switch value {
    case .integer(let number): return .integer(number)
    case .decimal(let number): return .decimal(number)
    case .string(let text):
      if let number = Number(text) { return number }
      throw FilterError(complaint)
    default: throw FilterError(complaint)
    }
  }

  /// A value as text; strictly, objects and lists have none.
  func text(_ value: Value) throws(FilterError) -> String {
    if undefined != .lenient {
      switch value {
      case .object: throw FilterError("needs a text, not an object")
      case .list, .range: throw FilterError("needs a text, not a list")
      default: break
      }
    }
    return value.text
  }

  /// An argument as a whole number.
  func wholeNumber(_ place: Int, default fallback: Int? = nil) throws(FilterError) -> Int {
    if self[place] == .nothing, let fallback { return fallback }
    guard let number = self[place].wholeNumber else { throw FilterError("needs a whole number") }
    return number
  }

  /// Sees to it that a text does not become longer than the output may be, before it is made.
  func checkLength(_ bytes: Int, plus count: Int, times length: Int) throws(FilterError) {
    let (added, overflows) = count.multipliedReportingOverflow(by: length)
    if overflows || bytes > outputBytes || added > outputBytes - bytes {
      throw FilterError("makes a text of more than \(outputBytes) bytes")
    }
  }
}
