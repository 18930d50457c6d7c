internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Files of labelled messages, and what is said when they cannot be used.
enum LabelledFile {
  /// Labelled messages of a bot's intents.
  static func messages(_ path: String, of bot: Bot) throws -> [LabelledMessage] {
    try read(path) { bytes throws(LabelledMessage.Fault) in
      try LabelledMessage.read(bytes, of: bot)
    }
  }

  static func read<Entry>(
    _ path: String, as read: (Data) throws(LabelledMessage.Fault) -> [Entry]
  ) throws -> [Entry] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Terminal.error("'\(path)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    do throws(LabelledMessage.Fault) {
      return try read(bytes)
    } catch {
      Terminal.error("\(path):\(error.line): \(error.message)")
      throw ExitStatus.badData.exit
    }
  }
}
