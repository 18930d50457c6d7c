internal import Foundation

/// How conditions compare values.
extension Value {
  /// Whether two values are the same, numbers by their size.
  func equals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.integer, .decimal), (.decimal, .integer): number == other.number
    case (.empty, .empty), (.blank, .blank): true
    case (.empty, .blank), (.blank, .empty): false
    case (.empty, _): other.isEmpty
    case (_, .empty): isEmpty
    case (.blank, _): other.isBlank
    case (_, .blank): isBlank
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && left.allSatisfy { name, value in right[name].map(value.equals) ?? false }
    default: self == other
    }
  }

  /// Whether a text, list or object has no content.
  var isEmpty: Bool {
    switch self {
    case .string(let text): text.isEmpty
    case .list(let values): values.isEmpty
    case .object(let fields): fields.isEmpty
    default: false
    }
  }

  private var isBlank: Bool {
    switch self {
    case .nothing, .bool(false): true
    case .string(let text): text.utf8.allSatisfy(isSpace)
    default: isEmpty
    }
  }

  /// Whether a text, list, range or object contains something.
  func contains(_ part: Value) -> Bool {
    guard part.isTruthy else { return false }
    return switch self {
    case .string(let text): !text.places(of: part.text).isEmpty || part.text.isEmpty
    case .list(let values): values.contains { $0.equals(part) }
    case .object(let fields): fields[part.text] != nil
    case .range(let first, let last):
      part.wholeNumber.map { first <= $0 && $0 <= last } ?? false
    default: false
    }
  }

  /// How the value stands to another one: -1, 0 or 1; nil where the question makes no sense.
  /// - Throws: `Incomparable` for text and number, which the reference refuses to order.
  func order(_ other: Value) throws(Incomparable) -> Int? {
    switch (self, other) {
    case (.string(let left), .string(let right)):
      return left == right ? 0 : left < right ? -1 : 1
    case (.integer, .string), (.decimal, .string), (.string, .integer), (.string, .decimal):
      throw Incomparable()
    default:
      guard let left = number, let right = other.number else { return nil }
      return left == right ? 0 : left < right ? -1 : 1
    }
  }

  /// Whether the value comes before another one of its kind.
  func precedes(_ other: Value) -> Bool { (try? order(other)) == -1 }
}

/// A text and a number that were to be ordered.
struct Incomparable: Error {}
