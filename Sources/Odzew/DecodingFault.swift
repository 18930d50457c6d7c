internal import Foundation

/// What is wrong with a piece of JSON, in the words of its author: the field, and what was expected.
package struct DecodingFault: Sendable {
  /// Whether it is not JSON at all.
  package let isSyntax: Bool
  /// What is wrong; it begins with the field, where it is one.
  package let message: String

  /// Explains an error of Foundation's decoder.
  /// - Parameter error: the error.
  package init(_ error: any Error) {
    guard let error = error as? DecodingError else {
      (isSyntax, message) = (true, "this is not JSON")
      return
    }
    func at(_ path: [any CodingKey], _ message: String) -> String {
      let field = path.reduce(into: "") { field, key in
        if let index = key.intValue {
          field += "[\(index)]"
        } else {
          field += (field.isEmpty ? "" : ".") + key.stringValue
        }
      }
      return field.isEmpty ? "the JSON value \(message)" : "'\(field)' \(message)"
    }
    switch error {
    case .keyNotFound(let key, let context):
      (isSyntax, message) = (false, at(context.codingPath + [key], "is missing"))
    case .valueNotFound(_, let context):
      (isSyntax, message) = (false, at(context.codingPath, "must not be null"))
    case .typeMismatch(let type, let context):
      (isSyntax, message) = (false, at(context.codingPath, "must be \(Self.name(of: type))"))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      (isSyntax, message) = (false, at(context.codingPath, context.debugDescription))
    default: (isSyntax, message) = (true, "this is not JSON")
    }
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is Int.Type: "a whole number"
    case is Decimal.Type, is Double.Type: "a number"
    case is [Any].Type: "an array"
    default: "an object"
    }
  }
}
