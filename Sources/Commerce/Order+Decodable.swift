internal import Foundation
import Language

// The names of the fields stand in the interface (an order of the pipe) and nowhere else.

extension Order: Decodable {
  enum CodingKeys: String, CodingKey {
    case number, status, marketplace, buyer, items, shipments, payment, returns, refunds
    case complaints, invoice, total, currency
    case otherNumbers = "references"
    case placedAt = "placed_at"
    case shipBy = "ship_by"
  }

  /// Reads an order, strictly.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    number = try fields.parse(
      .number, OrderNumber.init, "must be a text of 1 to 64 characters that is not blank")
    status = try fields.choice(.status)
    marketplace = try fields.parseIfPresent(.marketplace, Channel.init, "must be a plain word")
    placedAt = try fields.momentIfPresent(.placedAt)
    shipBy = try fields.dayIfPresent(.shipBy)
    buyer = try fields.decodeIfPresent(Buyer.self, forKey: .buyer)
    items = try fields.decodeIfPresent([Item].self, forKey: .items) ?? []
    shipments = try fields.decodeIfPresent([Shipment].self, forKey: .shipments) ?? []
    payment = try fields.decodeIfPresent(Payment.self, forKey: .payment)
    returns = try fields.decodeIfPresent([Return].self, forKey: .returns) ?? []
    refunds = try fields.decodeIfPresent([Refund].self, forKey: .refunds) ?? []
    complaints = try fields.decodeIfPresent([Complaint].self, forKey: .complaints) ?? []
    invoice = try fields.decodeIfPresent(Invoice.self, forKey: .invoice)
    otherNumbers = try fields.decodeIfPresent([String].self, forKey: .otherNumbers) ?? []
    total = try fields.amountIfPresent(.total)
    currency = try fields.parseIfPresent(
      .currency, { Money(0, currency: $0)?.currency }, "must be a code of ISO 4217 such as \"PLN\"")
  }
}

extension Order.Buyer: Decodable {
  enum CodingKeys: String, CodingKey { case id, name, email, postcode, locale }

  /// Reads a buyer.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id)
    name = try fields.decodeIfPresent(String.self, forKey: .name)
    email = try fields.decodeIfPresent(String.self, forKey: .email)
    postcode = try fields.decodeIfPresent(String.self, forKey: .postcode)
    locale = try fields.parseIfPresent(
      .locale, LocaleTag.init, "must be a BCP 47 tag such as \"pl\"")
  }
}

extension Order.Item: Decodable {
  enum CodingKeys: String, CodingKey {
    case sku, name, quantity, exception, attributes
    case unitPrice = "unit_price"
    case isReturnable = "returnable"
    case guaranteeMonths = "guarantee_months"
    case inStock = "in_stock"
    case restockOn = "restock_on"
    case manualURL = "manual_url"
  }

  /// Reads a line of an order.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    sku = try fields.decodeIfPresent(String.self, forKey: .sku)
    name = try fields.decodeIfPresent(String.self, forKey: .name)
    quantity = try fields.countIfPresent(.quantity)
    unitPrice = try fields.amountIfPresent(.unitPrice)
    isReturnable = try fields.decodeIfPresent(Bool.self, forKey: .isReturnable)
    exception = try fields.choiceIfPresent(.exception)
    guaranteeMonths = try fields.countIfPresent(.guaranteeMonths)
    inStock = try fields.countIfPresent(.inStock)
    restockOn = try fields.dayIfPresent(.restockOn)
    manualURL = try fields.decodeIfPresent(String.self, forKey: .manualURL)
    attributes =
      try fields.decodeIfPresent([String: Attribute].self, forKey: .attributes)?
      .mapValues(\.text) ?? [:]
  }

  /// The value of an attribute: text, or a number or truth value taken as text.
  private struct Attribute: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let flag = try? value.decode(Bool.self) {
        text = String(flag)
      } else if let number = try? value.decode(Decimal.self) {
        text = number.description
      } else {
        text = try value.decode(String.self)
      }
    }
  }
}

extension Shipment: Decodable {
  enum CodingKeys: String, CodingKey {
    case carrier, status
    case trackingNumber = "tracking_number"
    case shippedAt = "shipped_at"
    case estimatedDelivery = "estimated_delivery"
    case deliveredAt = "delivered_at"
    case pickupPoint = "pickup_point"
    case pickupBy = "pickup_by"
  }

  private enum PeriodKeys: String, CodingKey { case from, to }
  private enum PointKeys: String, CodingKey { case code, address }

  /// Reads a parcel.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    carrier = try fields.decodeIfPresent(String.self, forKey: .carrier)
    trackingNumber = try fields.decodeIfPresent(String.self, forKey: .trackingNumber)
    status = try fields.decodeIfPresent(String.self, forKey: .status)
    shippedAt = try fields.momentIfPresent(.shippedAt)
    deliveredAt = try fields.momentIfPresent(.deliveredAt)
    pickupBy = try fields.dayIfPresent(.pickupBy)
    let period = try fields.nestedIfPresent(.estimatedDelivery, keyedBy: PeriodKeys.self)
    estimatedFrom = try period?.dayIfPresent(.from)
    estimatedTo = try period?.dayIfPresent(.to)
    let point = try fields.nestedIfPresent(.pickupPoint, keyedBy: PointKeys.self)
    pickupCode = try point?.decodeIfPresent(String.self, forKey: .code)
    pickupAddress = try point?.decodeIfPresent(String.self, forKey: .address)
  }
}

extension Order.Payment: Decodable {
  enum CodingKeys: String, CodingKey {
    case status, method
    case paidAt = "paid_at"
  }

  /// Reads a payment.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    status = try fields.decodeIfPresent(String.self, forKey: .status)
    method = try fields.decodeIfPresent(String.self, forKey: .method)
    paidAt = try fields.momentIfPresent(.paidAt)
  }
}

extension Order.Return: Decodable {
  enum CodingKeys: String, CodingKey {
    case id, status
    case requestedAt = "requested_at"
    case receivedAt = "received_at"
  }

  /// Reads a return.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id)
    status = try fields.choiceIfPresent(.status)
    requestedAt = try fields.momentIfPresent(.requestedAt)
    receivedAt = try fields.momentIfPresent(.receivedAt)
  }
}

extension Order.Refund: Decodable {
  enum CodingKeys: String, CodingKey {
    case id, amount, status, method
    case sentAt = "sent_at"
    case expectedBy = "expected_by"
  }

  /// Reads a refund.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id)
    amount = try fields.amountIfPresent(.amount)
    status = try fields.choiceIfPresent(.status)
    sentAt = try fields.momentIfPresent(.sentAt)
    expectedBy = try fields.dayIfPresent(.expectedBy)
    method = try fields.decodeIfPresent(String.self, forKey: .method)
  }
}

extension Order.Complaint: Decodable {
  enum CodingKeys: String, CodingKey {
    case id, status, solution
    case openedAt = "opened_at"
    case answerDue = "answer_due"
  }

  /// Reads a complaint.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id)
    openedAt = try fields.momentIfPresent(.openedAt)
    status = try fields.decodeIfPresent(String.self, forKey: .status)
    answerDue = try fields.dayIfPresent(.answerDue)
    solution = try fields.choiceIfPresent(.solution)
  }
}

extension Order.Invoice: Decodable {
  enum CodingKeys: String, CodingKey {
    case number, url
    case issuedAt = "issued_at"
  }

  /// Reads an invoice.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    number = try fields.decodeIfPresent(String.self, forKey: .number)
    url = try fields.decodeIfPresent(String.self, forKey: .url)
    issuedAt = try fields.momentIfPresent(.issuedAt)
  }
}
