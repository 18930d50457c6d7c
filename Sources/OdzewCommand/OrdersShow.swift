internal import ArgumentParser
internal import Foundation
internal import Store

/// One order as it is kept.
struct OrdersShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an order by its number, or by one of its parcels'.",
    discussion: """
      Example:
        odzew orders show ZAM-2026-1001 --state shop.odzew
      """)

  @Argument(help: "The number.")
  var number: String

  @OptionGroup var state: StateOptions

  func run() throws {
    guard let line = try KeptOrders(state.open()).line(numbered: number) else {
      Terminal.error("no order '\(number)' is kept in this file")
      throw ExitStatus.failures.exit
    }
    try Terminal.print(KeptOrders.shown(line))
  }
}

/// The orders of one buyer as they are kept.
struct OrdersFind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Finds the orders of a buyer.",
    discussion: """
      Example:
        odzew orders find --buyer anna@example.com --state shop.odzew
      """)

  @Option(
    help: ArgumentHelp(
      "The buyer's identity at the system, e-mail address, or whole name.", valueName: "buyer"))
  var buyer: String

  @OptionGroup var state: StateOptions

  func run() throws {
    let lines = try KeptOrders(state.open()).lines(of: buyer)
    guard !lines.isEmpty else {
      Terminal.error("no order of '\(buyer)' is kept in this file")
      throw ExitStatus.failures.exit
    }
    for line in lines { try Terminal.print(KeptOrders.shown(line)) }
  }
}

/// The orders of a state file, for people to look at.
struct KeptOrders {
  private let store: SQLiteStore

  init(_ store: SQLiteStore) { self.store = store }

  func line(numbered number: String) throws -> Data? {
    do throws(StoreError) {
      return try store.orderLine(numbered: number)
    } catch {
      throw StateOptions.failure(error)
    }
  }

  func lines(of buyer: String) throws -> [Data] {
    do throws(StoreError) {
      return try store.orderLines(of: buyer)
    } catch {
      throw StateOptions.failure(error)
    }
  }

  /// An order by itself, over several lines.
  static func shown(_ line: Data) throws -> String {
    let whole = try JSONSerialization.jsonObject(with: line) as? [String: Any]
    let shown = try JSONSerialization.data(
      withJSONObject: whole?["order"] ?? [:],
      options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: shown, as: UTF8.self)
  }
}
