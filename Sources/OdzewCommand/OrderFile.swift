internal import ArgumentParser
internal import Foundation
internal import Odzew

/// A file of orders.
struct OrderFile {
  /// The orders by number.
  let orders: [OrderNumber: Order]

  /// Reads a file; what is wrong in it is said with its line, and nothing is taken.
  /// - Parameter path: the file.
  /// - Throws: the exit code, after saying what is wrong.
  init(_ path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Terminal.error("the orders '\(path)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    do throws(InvalidFiles) {
      orders = try OrderList(bytes, named: path).orders
    } catch {
      for diagnostic in error.diagnostics { Terminal.error(diagnostic.description) }
      throw ExitStatus.badData.exit
    }
  }
}
