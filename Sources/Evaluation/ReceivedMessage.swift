public import Foundation
internal import Commerce
internal import Language
public import Odzew

/// A buyer's message as it came in, with what a person has said of it.
public struct ReceivedMessage: Sendable {
  /// The line that it stood on, from 1.
  public let line: Int
  /// The request.
  public let request: Request
  /// What it says, as labelled; empty where nobody has labelled it.
  public let intents: [String]
  /// What people are called whom the line names.
  let names: [String]

  /// What the buyer wrote.
  var text: String {
    if case .message(let message) = request.kind { message.text } else { "" }
  }

  /// Whoever wrote it, as far as that is known.
  var writer: String { request.buyer.id ?? request.conversation }

  /// Reads a line: a request of the pipe, or a labelled message; `text` is enough.
  /// - Parameters:
  ///   - json: one JSON object.
  ///   - line: its number, from 1.
  /// - Returns: the message; nil for a request that is none.
  /// - Throws: `InvalidRequest` with the field that is wrong.
  public static func read(_ json: Data, line: Int) throws(InvalidRequest) -> ReceivedMessage? {
    struct Label: Decodable {
      let intents: [String]?
    }
    struct People: Decodable {
      struct Person: Decodable { let name: String? }
      struct Order: Decodable { let buyer: Person? }
      let buyer: Person?
      let order: Order?
    }
    let request = try Request.message(json: json, id: "line \(line)")
    guard case .message = request.kind else { return nil }
    let label: Label
    do {
      label = try JSONDecoder().decode(Label.self, from: json)
    } catch {
      throw InvalidRequest(.invalidRequest, DecodingFault(error).message)
    }
    let people = try? JSONDecoder().decode(People.self, from: json)
    return ReceivedMessage(
      line: line, request: request, intents: label.intents ?? [],
      names: [people?.buyer?.name, people?.order?.buyer?.name].compactMap { $0 })
  }
}
