internal import Foundation

extension Value: Encodable {
  /// Writes JSON: numbers with a fraction exactly, ranges as lists.
  /// - Parameter encoder: the encoder.
  /// - Throws: what the encoder says.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .nothing, .empty, .blank: try container.encodeNil()
    case .bool(let flag): try container.encode(flag)
    case .integer(let number): try container.encode(number)
    case .decimal(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    case .list(let items): try container.encode(items)
    case .object(let fields): try container.encode(fields)
    case .range: try container.encode(text)
    }
  }
}
