public import Foundation
internal import Odzew

/// A message and what it says, as a person labelled it.
public struct LabelledMessage: Sendable, Codable, Hashable {
  /// The message.
  public let text: String
  /// Its language.
  public let locale: String
  /// What it says, strongest first; `out_of_scope` alone where none of the intents is meant.
  public let intents: [String]

  /// Why a file of labelled messages cannot be used.
  public struct Fault: Error, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong with it.
    public let message: String
  }

  /// Reads labelled messages, one JSON object a line.
  /// - Parameter lines: the file's bytes.
  /// - Returns: the messages in the file's order.
  /// - Throws: `Fault` for the first line that is not one, or that names no intent.
  public static func read(_ lines: Data) throws(Fault) -> [LabelledMessage] {
    var messages: [LabelledMessage] = []
    let decoder = JSONDecoder()
    for (number, line) in lines.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() where !line.isEmpty {
      do {
        let message = try decoder.decode(LabelledMessage.self, from: line)
        guard !message.intents.isEmpty else {
          throw Fault(line: number + 1, message: "'intents' names none; off-topic is out_of_scope")
        }
        messages.append(message)
      } catch let fault as Fault {
        throw fault
      } catch {
        throw Fault(line: number + 1, message: DecodingFault(error).message)
      }
    }
    return messages
  }
}
