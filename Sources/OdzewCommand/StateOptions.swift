internal import ArgumentParser
internal import Foundation
internal import Odzew
internal import Store

/// Where conversations are kept.
struct StateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep conversations, orders, consents and the audit trail in this SQLite file.",
      discussion: "Without it they are gone when the program ends.", valueName: "file"),
    completion: .file())
  var state: String?

  /// What answers and remembers.
  func ledger(
    of bot: Bot, in folder: URL, orders: [OrderNumber: Order]
  ) throws -> any Ledger {
    guard state != nil else { return MemoryLedger(Responder(bot), orders: orders) }
    let store = try open(bot: FolderVersion(folder).digest, orders: orders, mustExist: false)
    let keep = bot.settings.retention
    let now = Date()
    do throws(StoreError) {
      try store.prune(
        conversationsBefore: now.addingTimeInterval(-keep.conversations),
        ordersBefore: now.addingTimeInterval(-keep.orders))
    } catch {
      throw Self.failure(error)
    }
    return StoredLedger(responder: Responder(bot), store: store)
  }

  /// The file, opened; for commands that cannot do without it.
  func open(
    bot: String = "", orders: [OrderNumber: Order] = [:], mustExist: Bool = true
  ) throws -> SQLiteStore {
    guard let state else { throw ValidationError("name the state file with '--state FILE'") }
    if mustExist, !FileManager.default.fileExists(atPath: state) {
      Terminal.error("there is no state file '\(state)'")
      throw ExitStatus.inputOutput.exit
    }
    do throws(StoreError) {
      return try SQLiteStore(path: state, bot: bot, orders: orders)
    } catch {
      throw Self.failure(error)
    }
  }

  /// Says what is wrong with the file.
  static func failure(_ error: StoreError) -> ExitCode {
    Terminal.error(error.description)
    return ExitStatus.inputOutput.exit
  }
}
