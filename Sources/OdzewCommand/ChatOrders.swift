internal import Diagnostics
internal import Foundation
internal import Liquid
internal import Odzew

/// The orders that a chat is about.
struct ChatOrders {
  /// The orders by number.
  let orders: [OrderNumber: Order]
  /// The clock that suits them.
  let clock: Date?
  /// The file of orders that are none of the bot's samples.
  private let file: String?

  /// Takes orders of a file, or the bot's samples.
  /// - Parameters:
  ///   - file: the file; the bot's samples where nil.
  ///   - bot: the bot.
  ///   - folder: its folder.
  /// - Throws: the exit code, after saying what is wrong.
  init(_ file: String?, of bot: Bot, in folder: URL) throws {
    self.file = file
    if let file {
      (orders, clock) = (try OrderFile(file).orders, nil)
    } else {
      (orders, clock) = (try Self.samples(of: bot, in: folder), bot.settings.samples?.now)
    }
  }

  /// The sample orders of a bot.
  static func samples(of bot: Bot, in folder: URL) throws -> [OrderNumber: Order] {
    try bot.settings.samples.map { try OrderFile(folder.appending(path: $0.orders).path).orders }
      ?? [:]
  }

  /// Whether a case finds an order by its number alone.
  var areSamples: Bool { file == nil }

  /// An order as a case has it: the number of a sample, or the whole order of a file, but for what is not
  /// known.
  /// - Parameter number: the order's number.
  /// - Returns: what stands under `order`; nil where the file has no such order any more.
  /// - Throws: the exit code, after saying why the file cannot be read any more.
  func caseText(of number: OrderNumber) throws -> YAMLText? {
    guard let file else { return .word(number.description) }
    var documents = try OrderDocuments(file, table: nil)
    while let (_, document) = try documents.next() {
      let all = if case .list(let items)? = document { items } else { [document].compactMap { $0 } }
      for case .object(let fields) in all
      where fields["number"].flatMap({ OrderNumber($0.text) }) == number {
        return Self.text(of: .object(fields))
      }
    }
    return nil
  }

  /// JSON as YAML; nothing where a value is null, which a case would take for a word.
  private static func text(of value: Value) -> YAMLText? {
    switch value {
    case .string(let text): .text(text)
    case .list(let items): .list(items.compactMap(text(of:)))
    case .object(let fields):
      .mapping(
        fields.sorted { rank($0.key) < rank($1.key) }.compactMap { key, value in
          text(of: value).map { (key, $0) }
        })
    case .nothing, .empty, .blank: nil
    case .bool, .integer, .decimal, .range: .word(value.text)
    }
  }

  /// What tells an order comes first.
  private static func rank(_ key: String) -> String {
    (["number": "0", "status": "1", "id": "2", "name": "3"][key] ?? "4") + key
  }
}
