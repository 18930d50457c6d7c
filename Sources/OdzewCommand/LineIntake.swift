internal import Adapters
internal import Foundation
internal import Odzew
internal import Store

/// What the lines of the pipe ask: requests of its own, or documents of another system.
struct LineIntake: Sendable {
  /// Nil where the lines are requests.
  let translation: Translation?

  /// What is to be done about a line, or a part of it.
  enum Work: Sendable {
    /// This is the response already.
    case ready(Data)
    case asked(Asked)
  }

  /// A request and where it stood.
  struct Asked: Sendable {
    let request: Request
    /// The request's own bytes.
    let line: Data
    let number: Int
    /// Nil where the line itself is the request.
    var origin: (place: Translation.Place, envelope: Inbound.Envelope, target: Adapter?)?

    /// Its response as it leaves.
    func finished(_ response: Data) -> Data {
      guard let (place, envelope, target) = origin else { return response }
      return place.added(to: Translation.finished(response, to: envelope, for: target))
    }

    /// The response instead where it cannot be kept.
    func failure(_ error: StoreError) -> Data {
      let fault = InvalidRequest(.internal, error.description, id: request.id)
      let response = Response(fault, line: number).json()
      return origin.map { $0.place.added(to: response) } ?? response
    }
  }

  /// Reads a line: total, and the same for the same line.
  func work(_ numbered: NumberedLine) -> [Work] {
    let number = numbered.number
    do throws(InvalidRequest) {
      switch numbered.line {
      case .tooLong: throw InvalidRequest(.lineTooLong, "the line is longer than 1 MiB")
      case .invalidUTF8: throw InvalidRequest(.invalidUTF8, "the line is not UTF-8")
      case .text(let json):
        if let translation { return try work(json, number, by: translation) }
        return [.asked(Asked(request: try Request(json: json), line: json, number: number))]
      }
    } catch {
      let response = Response(error, line: number).json()
      return [
        .ready(
          translation == nil ? response : Translation.Place(line: number).added(to: response))
      ]
    }
  }

  /// Every message of another system's document.
  private func work(
    _ document: Data, _ number: Int, by translation: Translation
  ) throws(InvalidRequest) -> [Work] {
    let (messages, target) = try translation.inbound(from: document)
    var place = Translation.Place(line: number)
    if messages.isEmpty {
      let response = Response(
        skipping: nil, in: nil, because: "there is no message in this document")
      return [.ready(place.added(to: response.json()))]
    }
    place.parts = messages.count
    return messages.enumerated().map { index, message in
      place.part = index + 1
      switch message {
      case .fault(let fault): return .ready(place.added(to: Response(fault, line: number).json()))
      case .skipped(let author, let envelope):
        let response = Response(
          skipping: envelope.text("id"), in: envelope.text("conversation"),
          because: author == Inbound.answered
            ? "the seller has written since" : "no buyer wrote this: \(author)",
          needsAnswer: author == Inbound.staff)
        return .ready(place.added(to: response.json()))
      case .request(let envelope):
        do throws(InvalidRequest) {
          return .asked(
            Asked(
              request: try Request(json: envelope.json), line: envelope.json, number: number,
              origin: (place, envelope, target)))
        } catch {
          return .ready(
            place.added(to: Response(envelope.explained(error), line: number).json()))
        }
      }
    }
  }
}
