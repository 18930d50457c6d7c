public import Foundation
public import Odzew

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
  /// - Parameters:
  ///   - lines: the file's bytes.
  ///   - bot: the bot whose intents they must be; any are taken where nil.
  /// - Returns: the messages in the file's order.
  /// - Throws: `Fault` for the first line that is not one, or that names no intent, or one that the bot
  ///   does not have.
  public static func read(
    _ lines: Data, of bot: Bot? = nil
  ) throws(Fault) -> [LabelledMessage] {
    let known = bot.map { $0.intents.map(\.id.description) }
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
        if let known, let stranger = message.intents.first(where: { !known.contains($0) }) {
          let near = nearest(to: stranger, among: known).map { "; did you mean '\($0)'?" }
          throw Fault(
            line: number + 1, message: "there is no intent '\(stranger)'\(near ?? "")")
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
