public import Commerce
public import Foundation
internal import GRDB
internal import Odzew

extension SQLiteStore {
  /// An order as it was told of last.
  /// - Parameter number: its number, or another one by which it is known: of a parcel, of a return, of
  ///   the marketplace.
  /// - Returns: the line of the pipe that told of it; nil where it is not known.
  /// - Throws: `StoreError` where the file cannot be read.
  public func orderLine(numbered number: String) throws(StoreError) -> Data? {
    guard let number = OrderNumber(number) else { return nil }
    return try perform { db in
      try StoredOrders.lines(db, numbered: number).first
    }
  }

  /// The orders of one buyer.
  /// - Parameter buyer: the buyer's identity, e-mail address or name.
  /// - Returns: the lines of the pipe that told of them, the latest told of first.
  /// - Throws: `StoreError` where the file cannot be read.
  public func orderLines(of buyer: String) throws(StoreError) -> [Data] {
    try perform { db in
      try Data.fetchAll(
        db,
        sql: """
          SELECT line FROM orders WHERE buyer = ?1 OR substr(buyer, instr(buyer, ':') + 1) = ?1
            OR lower(json_extract(line, '$.order.buyer.email')) = lower(?1)
            OR json_extract(line, '$.order.buyer.name') = ?1
          ORDER BY at DESC, number
          """,
        arguments: [buyer])
    }
  }

  /// Keeps an order, from the next `commit()` on.
  /// - Parameters:
  ///   - line: a line of the pipe of the type `order`.
  ///   - order: the order in it.
  ///   - now: the clock: what was told later than that stays.
  /// - Throws: `StoreError`; nothing of the order is kept then.
  public func keepOrder(_ line: Data, _ order: Order, at now: Date) throws(StoreError) {
    try openTransaction()
    try perform { db in try keep(order, line: line, at: now.timeIntervalSince1970, db) }
  }
}
