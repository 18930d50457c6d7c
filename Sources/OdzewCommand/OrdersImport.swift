internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Liquid
internal import Odzew
internal import Store

/// Takes orders over from other systems.
struct OrdersImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes orders, parcels, returns and refunds over from other systems.",
    discussion: """
      Reads JSON as the system gives it: one document, or one a line; and tables (CSV) where the \
      adapter is for one. What belongs to an order that is known already joins it, in whatever \
      order the documents come. The same documents again change nothing.

      Examples:
        odzew orders import orders.json --from baselinker --state shop.odzew
        curl … | odzew orders import - --from shopify --state shop.odzew
        odzew orders import export.csv --from csv-orders --state shop.odzew

      Prints what was taken and what was refused, with the reason; exit code 1 where something was \
      refused.
      """)

  @Argument(
    help: ArgumentHelp("The documents; '-' for standard input.", valueName: "files"),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The system that they come from; 'auto' finds out for each.", valueName: "system"),
    completion: Completions.systems)
  var from = AdapterOptions.automatic

  @OptionGroup var state: StateOptions

  @OptionGroup var options: BotOptions

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let adapters = try AdapterOptions.load(try options.folder)
    let source = try AdapterOptions.adapter(from, in: adapters)
    var batch = OrderBatch(
      try state.open(mustExist: false), at: options.now ?? Date(), showsProgress: isatty(2) == 1)
    for file in files {
      var documents = try OrderDocuments(file, table: source?.separator)
      if let source, source.separator != nil {
        for (place, order) in try Self.orders(of: &documents, by: source) {
          try batch.take(order, at: place)
        }
        continue
      }
      while let (place, document) = try documents.next() {
        guard let document else {
          batch.refuse("this is not JSON", at: place)
          continue
        }
        guard let adapter = source ?? adapters.adapter(recognising: document) else {
          batch.refuse("no one adapter recognises this document", at: place)
          continue
        }
        let orders = adapter.orders(from: document)
        if orders.isEmpty { batch.refuse("there is no order in this document", at: place) }
        for order in orders { try batch.take(order, at: place) }
      }
    }
    let report = try batch.finish()
    try Terminal.print(json ? report.json : report.text)
    if !report.refused.isEmpty { throw ExitStatus.failures.exit }
  }

  /// The orders of a table: rows with the same number are lines of one order.
  private static func orders(
    of rows: inout OrderDocuments, by adapter: Adapter
  ) throws -> [(place: String, order: Result<InboundOrder, InvalidRequest>)] {
    var orders: [(place: String, order: Result<InboundOrder, InvalidRequest>)] = []
    var places: [String: Int] = [:]
    while case (let place, let row?)? = try rows.next() {
      for found in adapter.orders(from: row) {
        if case .success(let line) = found, let number = line.numbers.first {
          if let index = places[number], case .success(let known) = orders[index].order {
            orders[index].order = .success(known.adding(line))
            continue
          }
          places[number] = orders.count
        }
        orders.append((place, found))
      }
    }
    return orders
  }
}
