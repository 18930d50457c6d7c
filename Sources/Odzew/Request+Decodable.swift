internal import Commerce
public import Foundation
internal import Language
internal import Liquid

/// Why a line is no request.
public struct InvalidRequest: Error, Sendable, Hashable {
  /// What the response's `error` says.
  public let code: Response.Failure.Code
  /// What is wrong; for an invalid request it begins with the field.
  public let message: String
  /// The identity of the request, as far as it could be read.
  public let id: String?

  /// Makes the error.
  /// - Parameters:
  ///   - code: what the response's `error` says.
  ///   - message: what is wrong.
  ///   - id: the identity of the request, as far as it could be read.
  public init(_ code: Response.Failure.Code, _ message: String, id: String? = nil) {
    self.code = code
    self.message = message
    self.id = id
  }
}

extension Request {
  /// Reads a request of the pipe.
  /// - Parameter json: one JSON object in UTF-8. Unknown fields are ignored.
  /// - Throws: `InvalidRequest` for anything else, with the field that is wrong.
  public init(json: Data) throws(InvalidRequest) {
    try self.init(json: json, assuming: nil)
  }

  /// Reads a request; a type and an identity are assumed where the line names none.
  private init(json: Data, assuming assumed: RequestFields.Assumed?) throws(InvalidRequest) {
    let document: Value
    do throws(JSONFault) {
      document = try Value(json: json)
    } catch {
      throw InvalidRequest(.invalidJSON, "this is not JSON: \(error)")
    }
    do {
      let assumed = assumed.flatMap { fields in CodingUserInfoKey.assumed.map { [$0: fields] } }
      self = try document.decoded(as: RequestFields.self, userInfo: assumed ?? [:]).request
    } catch {
      // The identity helps the sender to find the request, even when the rest is wrong.
      var id: String?
      if case .object(let fields) = document, case .string(let text)? = fields["id"] { id = text }
      throw InvalidRequest(.invalidRequest, DecodingFault(error).message, id: id)
    }
  }

  /// Reads a draft that need not say that it is one, nor who it is.
  /// - Parameters:
  ///   - json: one JSON object with a `text` and what else a `draft` has.
  ///   - id: its identity where it has none.
  /// - Returns: the request, and the draft in it.
  /// - Throws: `InvalidRequest` with the field that is wrong.
  package static func draft(
    json: Data, id: String
  ) throws(InvalidRequest) -> (request: Request, draft: Draft) {
    let request = try Request(json: json, assuming: RequestFields.Assumed(type: .draft, id: id))
    guard case .draft(let draft) = request.kind else {
      throw InvalidRequest(.invalidRequest, "type: must be 'draft'")
    }
    return (request, draft)
  }

  /// Reads a request that need not say who it is: a buyer's message where it does not say what.
  /// - Parameters:
  ///   - json: one JSON object.
  ///   - id: its identity where it has none.
  /// - Returns: the request.
  /// - Throws: `InvalidRequest` with the field that is wrong.
  package static func message(json: Data, id: String) throws(InvalidRequest) -> Request {
    try Request(json: json, assuming: RequestFields.Assumed(type: .message, id: id))
  }
}

/// The fields of a request as they stand on the line.
struct RequestFields: Decodable {
  let request: Request

  enum Key: String, CodingKey {
    case type, id, conversation, channel, marketplace, locale, text, buyer, order, kind, author,
      notice, history, consents, purpose, thread, campaign, event, consent, claim, attachments
    case messageTemplate = "message_template"
    case sentAt = "sent_at"
    case orderNumber = "order_number"
  }

  /// The types of the interface.
  enum RequestType: String, CaseIterable {
    case message, notice, draft, agent, consent, order
  }

  /// What a line is taken for that does not say it.
  struct Assumed: Sendable {
    let type: RequestType
    let id: String
  }

  private enum AgentEventName: String, CaseIterable {
    case takeover, release, sent
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let assumed = CodingUserInfoKey.assumed.flatMap { decoder.userInfo[$0] as? Assumed }
    let id =
      try assumed.map { try fields.decodeIfPresent(String.self, forKey: .id) ?? $0.id }
      ?? fields.decode(String.self, forKey: .id)
    guard !id.isEmpty, id.utf8.count <= 256 else {
      throw fields.invalid(.id, "must have 1 to 256 bytes")
    }
    let conversation = try fields.decodeIfPresent(String.self, forKey: .conversation)
    let buyer = try fields.decodeIfPresent(Request.Buyer.self, forKey: .buyer) ?? Request.Buyer()
    let word = "must be a plain word of letters, digits, '-' and '_'"
    let channel = try fields.parseIfPresent(.channel, Channel.init, word) ?? .chat
    let marketplace = try fields.parseIfPresent(.marketplace, Channel.init, word)
    let locale = try fields.parseIfPresent(
      .locale, LocaleTag.init, "must be a BCP 47 tag such as \"pl\"")
    let sentAt = try fields.momentIfPresent(.sentAt)
    let order = try fields.decodeIfPresent(Order.self, forKey: .order)
    let orderNumber = try fields.parseIfPresent(
      .orderNumber, OrderNumber.init, "must be a text of 1 to 64 characters that is not blank")
    let kind: Request.Kind
    switch try fields.choiceIfPresent(.type) ?? assumed?.type ?? RequestType.message {
    case .message:
      var message = Request.Message(
        text: try fields.decode(String.self, forKey: .text), order: order,
        orderNumber: orderNumber)
      message.claim = try fields.decodeIfPresent(PlatformClaim.self, forKey: .claim)
      message.hasAttachments =
        try fields.decodeIfPresent(Bool.self, forKey: .attachments) ?? false
      kind = .message(message)
    case .draft:
      kind = .draft(
        Request.Draft(
          text: try fields.decode(String.self, forKey: .text),
          kind: try fields.choiceIfPresent(.kind) ?? .reply,
          author: try fields.choiceIfPresent(.author) ?? .person,
          references: (order?.references ?? []) + [orderNumber?.description].compactMap { $0 },
          order: order, orderNumber: orderNumber))
    case .notice:
      guard let notice: Notice = try fields.choiceIfPresent(.notice) else {
        throw fields.invalid(.notice, "is missing")
      }
      kind = .notice(notice, Request.Message(text: "", order: order, orderNumber: orderNumber))
    case .agent:
      guard let event: AgentEventName = try fields.choiceIfPresent(.event) else {
        throw fields.invalid(.event, "is missing")
      }
      kind =
        switch event {
        case .takeover: .agent(.takeover)
        case .release: .agent(.release)
        case .sent: .agent(.sent(try fields.decode(String.self, forKey: .text)))
        }
    case .consent: kind = .consent(try Circumstances.consent(reading: fields))
    case .order:
      guard let order else { throw fields.invalid(.order, "is missing") }
      kind = .order(order)
    }
    var request = Request(
      id: id, conversation: conversation.flatMap { $0.isEmpty ? nil : $0 }, channel: channel,
      marketplace: marketplace, locale: locale, sentAt: sentAt, buyer: buyer, kind: kind)
    request.circumstances = try Circumstances(reading: fields)
    self.request = request
  }
}

extension CodingUserInfoKey {
  /// What a line is taken for that does not say it.
  fileprivate static let assumed = CodingUserInfoKey(rawValue: "assumed")
}
