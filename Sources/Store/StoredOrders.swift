public import Commerce
internal import Foundation
internal import GRDB
internal import Odzew
internal import Synchronization

/// The orders of a state file, and those of a file beside it.
public final class StoredOrders: OrderBook {
  private let queue: DatabaseQueue
  private let base: [OrderNumber: Order]
  private let error = Mutex<(any Error)?>(nil)

  init(_ queue: DatabaseQueue, _ base: [OrderNumber: Order]) {
    self.queue = queue
    self.base = base
  }

  /// What went wrong while looking up; an order that cannot be read is no order that is unknown.
  var failure: (any Error)? { error.withLock { $0 } }

  /// The number by which an order is found, however a person writes it.
  static func key(_ number: OrderNumber) -> String {
    number.description.uppercased().filter { !$0.isWhitespace }
  }

  /// An order by its number.
  public func order(numbered number: OrderNumber) -> Order? {
    let stored = read { db in
      try Self.lines(db, numbered: number).first.flatMap { try Self.order($0) }
    }
    return stored ?? base[number]
  }

  /// The lines that told of an order: the one with this number, else the only one that is known by
  /// it, too.
  static func lines(_ db: Database, numbered number: OrderNumber) throws -> [Data] {
    let own = try db.all(
      "SELECT line FROM orders WHERE number = ?", [key(number)])
    guard own.isEmpty else { return own }
    let others = try db.all(
      """
      SELECT line FROM order_references JOIN orders USING (number) WHERE reference = ? LIMIT 2
      """, [key(number)])
    return others.count == 1 ? others : []
  }

  private static func order(_ line: Data) throws -> Order? {
    guard case .order(let order) = try Request(json: line).kind else { return nil }
    return order
  }

  /// The orders of a buyer, the latest first.
  public func orders(of buyer: String) -> [Order] {
    let stored = orders("buyer = ?", buyer)
    let known = Set(stored.map(\.number))
    return (stored + base.values.filter { $0.buyer?.id == buyer && !known.contains($0.number) })
      .sorted(by: Order.isLater)
  }

  /// How often somebody could not prove that an order is theirs.
  public func failedProofs(of number: OrderNumber) -> Int {
    read { db in
      try Int.fetchOne(
        db, sql: "SELECT count FROM guesses WHERE number = ?", arguments: [Self.key(number)])
    } ?? 0
  }

  private func orders(_ condition: String, _ value: String) -> [Order] {
    read { db in
      try db.all(
        "SELECT line FROM orders WHERE \(condition)", [value]
      ).compactMap { try Self.order($0) }
    } ?? []
  }

  private func read<Value>(_ body: (Database) throws -> Value?) -> Value? {
    do {
      return try queue.unsafeReentrantRead(body)
    } catch let failure {
      error.withLock { $0 = failure }
      return nil
    }
  }
}
