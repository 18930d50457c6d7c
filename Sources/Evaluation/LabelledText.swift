public import Foundation
internal import Commerce
internal import Language
public import Odzew

/// A text to a buyer and the rules that it breaks, as a person labelled it.
public struct LabelledText: Sendable {
  /// The text and where it goes.
  public let request: Request
  /// What is written.
  public var text: String { draft.text }
  /// The draft within.
  let draft: Request.Draft
  /// The rules that it breaks; empty where it complies.
  public let rules: [String]

  /// Reads labelled texts: a `draft` request a line, with the rules that it breaks as `rules`.
  /// - Parameter lines: the file's bytes.
  /// - Returns: the texts in the file's order.
  /// - Throws: `LabelledMessage.Fault` for the first line that is not one.
  public static func read(_ lines: Data) throws(LabelledMessage.Fault) -> [LabelledText] {
    struct Label: Decodable { let rules: [String] }
    var texts: [LabelledText] = []
    for (number, line) in lines.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() where !line.isEmpty {
      do {
        let label = try JSONDecoder().decode(Label.self, from: line)
        let (request, draft) = try Request.draft(json: Data(line), id: "\(number + 1)")
        texts.append(LabelledText(request: request, draft: draft, rules: label.rules))
      } catch let fault as InvalidRequest {
        throw LabelledMessage.Fault(line: number + 1, message: fault.message)
      } catch {
        throw LabelledMessage.Fault(line: number + 1, message: DecodingFault(error).message)
      }
    }
    return texts
  }
}
