package import Commerce
package import Diagnostics
package import Foundation

/// Orders as files have them: a JSON array, one JSON object, or one object a line.
package struct OrderList: Sendable {
  /// The orders by number.
  package let orders: [OrderNumber: Order]

  /// Reads orders: all of them, or none.
  /// - Parameters:
  ///   - bytes: a file's content.
  ///   - file: what the file is called in findings.
  /// - Throws: `InvalidFiles` with the first order that is none, or stands there twice.
  package init(_ bytes: Data, named file: String) throws(InvalidFiles) {
    let decoder = JSONDecoder()
    func refusal(_ code: String, _ message: String, line: Int = 1) -> InvalidFiles {
      InvalidFiles(
        Diagnostic(
          code: code, at: SourceLocation(file: file, line: line, column: 1), message))
    }
    func decode<Content: Decodable>(
      _ type: Content.Type, _ bytes: Data, line: Int = 1
    ) throws(InvalidFiles) -> Content {
      do {
        return try decoder.decode(type, from: bytes)
      } catch {
        throw refusal("invalid-order", DecodingFault(error).message, line: line)
      }
    }
    var all: [(order: Order, line: Int)] = []
    if bytes.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "[") {
      all = try decode([Order].self, bytes).map { ($0, 1) }
    } else if let only = try? decoder.decode(Order.self, from: bytes) {
      all = [(only, 1)]
    } else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated()
      where line.contains(where: { $0 > UInt8(ascii: " ") }) {
        all.append((try decode(Order.self, line, line: index + 1), index + 1))
      }
    }
    var table: [OrderNumber: Order] = [:]
    for (order, line) in all where table.updateValue(order, forKey: order.number) != nil {
      throw refusal(
        "order-twice", "the order '\(order.number)' stands there twice", line: line)
    }
    orders = table
  }
}
