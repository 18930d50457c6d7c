internal import Adapters
internal import Foundation
internal import Liquid
internal import Odzew
internal import Store

/// Orders on their way into a state file, and what became of each.
struct OrderBatch {
  /// What became of the orders.
  struct Report {
    var taken = 0
    var merged = 0
    var unchanged = 0
    var refused: [(place: String, reason: String)] = []
  }

  private let store: SQLiteStore
  private let now: Date
  private let showsProgress: Bool
  private var report = Report()
  private var changes = 0
  /// Parts of orders that were not known when they came.
  private var parts: [(InboundOrder, place: String)] = []

  /// How many orders are put on the disk together.
  private static let commitSize = 2000

  init(_ store: SQLiteStore, at now: Date, showsProgress: Bool) {
    self.store = store
    self.now = now
    self.showsProgress = showsProgress
  }

  mutating func refuse(_ reason: String, at place: String) {
    report.refused.append((place, reason))
  }

  /// Takes an order, or a part of one.
  mutating func take(
    _ order: Result<InboundOrder, InvalidRequest>, at place: String
  ) throws {
    switch order {
    case .failure(let fault): refuse(fault.message, at: place)
    case .success(let order): try join(order, at: place, isLast: false)
    }
  }

  /// Joins what waited, puts everything on the disk, and says what became of it.
  mutating func finish() throws -> Report {
    for (part, place) in parts { try join(part, at: place, isLast: true) }
    try perform { () throws(StoreError) in try store.commit() }
    if showsProgress { Terminal.note("\r\u{1B}[K", ending: "") }
    return report
  }

  private mutating func join(_ order: InboundOrder, at place: String, isLast: Bool) throws {
    let known = try known(as: order.numbers)
    guard known != nil || order.isWhole else {
      if isLast {
        refuse(
          "no order is known by \(order.numbers.map { "'\($0)'" }.joined(separator: ", "))",
          at: place)
      } else {
        parts.append((order, place))
      }
      return
    }
    let whole = order.merged(into: known ?? .nothing)
    guard whole != known else {
      report.unchanged += 1
      return
    }
    let line = Value.object([
      "type": .string("order"), "id": .string("orders-import"), "order": whole,
    ]).json
    let decoded: Order
    do throws(InvalidRequest) {
      guard case .order(let order) = try Request(json: line).kind else { return }
      decoded = order
    } catch {
      return refuse(order.explained(error).message, at: place)
    }
    try perform { () throws(StoreError) in try store.keepOrder(line, decoded, at: now) }
    if known == nil { report.taken += 1 } else { report.merged += 1 }
    changes += 1
    if changes.isMultiple(of: Self.commitSize) {
      try perform { () throws(StoreError) in try store.commit() }
      if showsProgress { Terminal.note("\r\(changes) orders …", ending: "") }
    }
  }

  /// The fields of the order that is known by the first of some numbers.
  private func known(as numbers: [String]) throws -> Value? {
    for number in numbers {
      let line = try perform { () throws(StoreError) in try store.orderLine(numbered: number) }
      if let line, case .object(let fields)? = try? Value(json: line) {
        return fields["order"]
      }
    }
    return nil
  }

  private func perform<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws -> Result {
    do throws(StoreError) {
      return try body()
    } catch {
      throw StateOptions.failure(error)
    }
  }
}

extension OrderBatch.Report {
  /// The report for people.
  var text: String {
    let counts = "\(taken) new, \(merged) changed, \(unchanged) unchanged, \(refused.count) refused"
    return ([counts] + refused.map { "\($0.place): \($0.reason)" }).joined(separator: "\n")
  }

  /// The report for programs.
  var json: String {
    Value.object([
      "new": .integer(taken), "changed": .integer(merged), "unchanged": .integer(unchanged),
      "refused": .list(
        refused.map { .object(["place": .string($0.place), "reason": .string($0.reason)]) }),
    ]).line
  }
}
