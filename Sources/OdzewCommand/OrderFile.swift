internal import ArgumentParser
internal import Foundation
internal import Odzew

/// Orders from a file: a JSON array, one JSON object, or one object a line.
struct OrderFile {
  /// The orders by number.
  let orders: [OrderNumber: Order]

  /// Reads a file; what is wrong in it is said with its line or place, and nothing is taken.
  /// - Parameter path: the file.
  /// - Throws: the exit code, after saying what is wrong.
  init(_ path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Terminal.error("the orders '\(path)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    let decoder = JSONDecoder()
    do {
      let first = bytes.first { $0 > UInt8(ascii: " ") }
      if first == UInt8(ascii: "[") {
        orders = try Self.table(decoder.decode([Order].self, from: bytes), path)
      } else {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var all: [Order] = []
        for (number, line) in lines.enumerated()
        where line.contains(where: { $0 > UInt8(ascii: " ") }) {
          do {
            all.append(try decoder.decode(Order.self, from: line))
          } catch {
            // One object over several lines: the whole file is the order.
            if number == 0, let only = try? decoder.decode(Order.self, from: bytes) {
              all = [only]
              break
            }
            Terminal.error("\(path):\(number + 1): \(DecodingFault(error).message)")
            throw ExitStatus.badData.exit
          }
        }
        orders = try Self.table(all, path)
      }
    } catch let error as DecodingError {
      Terminal.error("\(path): \(DecodingFault(error).message)")
      throw ExitStatus.badData.exit
    }
  }

  private static func table(_ orders: [Order], _ path: String) throws -> [OrderNumber: Order] {
    var table: [OrderNumber: Order] = [:]
    for order in orders where table.updateValue(order, forKey: order.number) != nil {
      Terminal.error("\(path): the order '\(order.number)' stands there twice")
      throw ExitStatus.badData.exit
    }
    return table
  }
}
