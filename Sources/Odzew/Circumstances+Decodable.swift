internal import Commerce
internal import Foundation

extension Circumstances {
  /// Reads what a request says has happened.
  init(reading fields: KeyedDecodingContainer<RequestFields.Key>) throws {
    self.init()
    history = try fields.decodeIfPresent([EventFields].self, forKey: .history)?.map(\.event) ?? []
    consents =
      try fields.decodeIfPresent([ConsentFields].self, forKey: .consents)?.map(\.consent) ?? []
    purpose = try fields.decodeIfPresent(String.self, forKey: .purpose)
    thread = try fields.decodeIfPresent(String.self, forKey: .thread)
    template = try fields.decodeIfPresent(TemplateFields.self, forKey: .messageTemplate)?.template
    campaignFilter = try fields.decodeIfPresent(CampaignFields.self, forKey: .campaign)?.filter
  }

  /// Reads the consent that a request is about.
  static func consent(
    reading fields: KeyedDecodingContainer<RequestFields.Key>
  ) throws -> Consent {
    try fields.decode(ConsentFields.self, forKey: .consent).consent
  }

  /// One entry of `history`.
  private struct EventFields: Decodable {
    let event: Event

    enum Key: String, CodingKey {
      case at, type, intent, stars, channel, purpose, notice, author, order
      case orderNumber = "order_number"
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      event = Event(
        try fields.choice(.type), at: try fields.momentIfPresent(.at),
        intent: try fields.decodeIfPresent(String.self, forKey: .intent),
        stars: try fields.decodeIfPresent(Int.self, forKey: .stars),
        channel: try fields.decodeIfPresent(String.self, forKey: .channel),
        purpose: try fields.decodeIfPresent(String.self, forKey: .purpose)
          ?? fields.decodeIfPresent(String.self, forKey: .notice),
        author: try fields.choiceIfPresent(.author),
        order: try fields.decodeIfPresent(String.self, forKey: .orderNumber)
          ?? (try? fields.decodeIfPresent(String.self, forKey: .order)))
    }
  }

  /// One entry of `consents`.
  private struct ConsentFields: Decodable {
    let consent: Consent

    enum Key: String, CodingKey {
      case purpose, channel, granted, at, evidence
      case textVersion = "text_version"
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      consent = Consent(
        try fields.choice(.purpose),
        channel: try fields.decodeIfPresent(String.self, forKey: .channel),
        isGranted: try fields.decode(Bool.self, forKey: .granted),
        at: try fields.momentIfPresent(.at),
        evidence: try fields.decodeIfPresent(String.self, forKey: .evidence),
        textVersion: try fields.decodeIfPresent(String.self, forKey: .textVersion))
    }
  }

  private struct TemplateFields: Decodable {
    let template: MessageTemplate

    enum Key: String, CodingKey { case name, category, approved }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      template = MessageTemplate(
        name: try fields.decodeIfPresent(String.self, forKey: .name) ?? "",
        category: try fields.decodeIfPresent(String.self, forKey: .category),
        isApproved: try fields.decodeIfPresent(Bool.self, forKey: .approved) ?? false)
    }
  }

  private struct CampaignFields: Decodable {
    let filter: String?
  }
}
