internal import Adapters
internal import Foundation
internal import Liquid
internal import Odzew

/// From which system's documents requests are made, and into which system's calls responses.
struct Translation: Sendable {
  private let adapters: AdapterFolder
  /// Nil where each document is to say itself whose it is.
  private let source: Adapter?
  /// Nil where it is the system that the document came from.
  private let target: Adapter?
  private let writesCalls: Bool

  /// Finds the adapters.
  /// - Parameters:
  ///   - from: the name of the system that documents come from, or `auto`.
  ///   - to: the name of the system that takes the responses, or `auto` for the same; nil for
  ///     responses as they are.
  ///   - folder: the bot folder.
  /// - Throws: the exit code, after saying what is wrong.
  init(from: String, to: String?, in folder: URL) throws {
    adapters = try AdapterOptions.load(folder)
    source = try AdapterOptions.adapter(from, in: adapters)
    target = try to.flatMap { [adapters] in try AdapterOptions.adapter($0, in: adapters) }
    writesCalls = to != nil
    if let target, !target.answers {
      Terminal.note("odzew: '\(target.name)' has no calls: responses stay as they are", .yellow)
    }
  }

  /// The messages and events of a document.
  /// - Parameter line: the document.
  /// - Returns: the messages, and the adapter that takes their answers.
  /// - Throws: `InvalidRequest` for what is no document of these systems.
  func inbound(
    from line: Data
  ) throws(InvalidRequest) -> (messages: [Inbound], target: Adapter?) {
    let document: Value
    do throws(JSONFault) {
      document = try Value(json: line)
    } catch {
      throw InvalidRequest(.invalidJSON, "this is not JSON: \(error)")
    }
    guard let adapter = source ?? adapters.adapter(recognising: document) else {
      throw InvalidRequest(
        .invalidRequest, "no one adapter recognises this document; name it with '--from'")
    }
    let messages = adapter.inbound(from: document)
    if messages.isEmpty, !adapter.orders(from: document).isEmpty {
      throw InvalidRequest(
        .invalidRequest, "this document holds orders; 'odzew orders import' takes them")
    }
    return (messages, writesCalls ? target ?? adapter : nil)
  }

  /// Which message of which document a response is for, so that whoever waits knows the last.
  struct Place: Sendable {
    let line: Int
    var part = 1
    var parts = 1

    /// A response with its place.
    func added(to response: Data) -> Data {
      guard case .object(var fields)? = try? Value(json: response) else {
        return response
      }
      fields["document"] = .object([
        "line": .integer(line), "part": .integer(part), "parts": .integer(parts),
      ])
      return Value.object(fields).json
    }
  }

  /// A response with the calls that bring it to a system.
  /// - Parameters:
  ///   - response: the response as JSON.
  ///   - envelope: the request.
  ///   - target: the system; nil for the response as it is.
  /// - Returns: JSON.
  static func finished(
    _ response: Data, to envelope: Inbound.Envelope, for target: Adapter?
  ) -> Data {
    guard let target,
      case .object(var fields)? = try? Value(json: response),
      fields["action"] != .string("error")
    else { return response }
    do throws(CallFault) {
      let calls = try target.calls(
        for: .object(fields), to: envelope.request, context: envelope.context)
      fields["calls"] = .list(calls)
    } catch {
      // The answer itself stands; whoever sends it must see to the call.
      fields["calls_failed"] = .string(error.description)
    }
    return Value.object(fields).json
  }
}
