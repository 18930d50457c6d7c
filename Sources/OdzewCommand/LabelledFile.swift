internal import ArgumentParser
internal import Evaluation
internal import Foundation

/// Files of labelled messages, and what is said when they cannot be used.
enum LabelledFile {
  static func read(_ path: String) throws -> [LabelledMessage] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Terminal.error("'\(path)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    do throws(LabelledMessage.Fault) {
      return try LabelledMessage.read(bytes)
    } catch {
      Terminal.error("\(path):\(error.line): \(error.message)")
      throw ExitStatus.badData.exit
    }
  }
}
