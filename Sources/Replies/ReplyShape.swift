public import Commerce
public import Diagnostics
package import Language
package import Liquid

/// What templates are proved against: the shape of what `ReplyVariables` gives them.
extension ReplyVariables {
  /// The variables of a template in a locale.
  package func shape(in locale: LocaleTag) -> [String: Shape.Member] {
    [
      "seller": .certain(.object(seller.mapValues { _ in .certain(.text) })),
      "facts": .certain(.object(facts.mapValues { .certain(shape(of: $0, in: locale)) })),
      "channel": .certain(.text),
      "escalation": .optional(.object(["due": .certain(.moment)])),
      "options": .optional(.list(.text)),
      "handoff": .optional(
        .object([
          "reason": .certain(.text), "channel": .certain(.text),
          "intents": .certain(.list(.text)), "asked": .certain(.list(.text)),
          "answers": .certain(.number), "rules": .certain(.list(.text)), "hole": .optional(.text),
          "expects": .optional(.text), "expected_amount": .optional(.amount),
          "expected_percent": .optional(.number),
        ])),
      "request": .optional(.object(["order_number": .certain(.text)])),
      "buyer": .optional(.object(["first_name": .certain(.text)])),
      "order": .optional(Self.order),
    ]
  }

  private func shape(of fact: YAMLValue, in locale: LocaleTag) -> Shape {
    switch fact {
    case .text: .text
    case .flag: .flag
    case .number(let number): Int(number) == nil ? .amount : .number
    case .list(let items): .list(items.first.map { shape(of: $0, in: locale) } ?? .anything)
    case .mapping(let entries):
      if let own = entries[locale.description] {
        shape(of: own, in: locale)
      } else {
        .object(entries.mapValues { .certain(shape(of: $0, in: locale)) })
      }
    }
  }

  private static let item = Shape.object([
    "name": .optional(.text), "quantity": .optional(.number), "unit_price": .optional(.amount),
    "in_stock": .optional(.number), "restock_on": .optional(.day),
    "guarantee_months": .optional(.number), "manual_url": .optional(.text),
    "returnable": .optional(.flag), "exception": .optional(.text),
  ])

  private static let shipment = Shape.object([
    "carrier": .optional(.text), "tracking_number": .optional(.text),
    "tracking_url": .optional(.text), "shipped_on": .optional(.day),
    "estimated_from": .optional(.day), "estimated_to": .optional(.day),
    "delivered_on": .optional(.day), "pickup_code": .optional(.text),
    "pickup_address": .optional(.text), "pickup_by": .optional(.day),
  ])

  private static let order = Shape.object([
    "number": .certain(.text), "status": .certain(.text), "own_shop": .certain(.flag),
    "cash_on_delivery": .certain(.flag),
    "placed_on": .optional(.day),
    "ship_by": .optional(.day), "total": .optional(.amount),
    "items": .certain(.list(item)), "item": .optional(item),
    "shipments": .certain(.list(shipment)), "shipment": .optional(shipment),
    "return": .optional(
      .object([
        "id": .optional(.text), "requested_on": .optional(.day), "received_on": .optional(.day),
      ])),
    "refund": .optional(
      .object([
        "amount": .optional(.amount), "sent_on": .optional(.day), "expected_by": .optional(.day),
        "method": .optional(.text),
      ])),
    "complaint": .optional(
      .object([
        "id": .optional(.text), "opened_on": .optional(.day), "answer_due": .optional(.day),
        "solution": .optional(.text),
      ])),
    "invoice": .optional(
      .object([
        "number": .optional(.text), "url": .optional(.text), "issued_on": .optional(.day),
      ])),
    "return_deadline": .optional(.day), "days_late": .optional(.number),
  ])
}

/// Where a template is used, and what is certainly there then.
public struct TemplateUse: Sendable {
  let template: Located<String>
  let certain: Set<String>

  /// Describes a use.
  /// - Parameters:
  ///   - template: the template's name, and where it is named.
  ///   - certain: the paths that are there.
  public init(_ template: Located<String>, certain: Set<String>) {
    self.template = template
    self.certain = certain
  }

  /// What a state of the order makes certain.
  /// - Parameter state: the state.
  /// - Returns: the paths that are there where it holds.
  public static func certain(where state: OrderState) -> Set<String> {
    switch state {
    case .late: ["order.days_late"]
    case .tracked: ["order.shipment.tracking_number"]
    case .estimated: ["order.shipment.estimated_to"]
    case .returnWindowOpen, .returnWindowClosed: ["order.return_deadline"]
    case .returnKnown, .returnRequested, .returnInTransit, .returnReceived, .returnAccepted,
      .returnRejected:
      ["order.return"]
    case .refundPending, .refundSent, .refundCompleted: ["order.refund"]
    case .refundExpected, .refundOverdue: ["order.refund.expected_by"]
    case .complaintOpen: ["order.complaint"]
    case .complaintDueKnown, .complaintOverdue: ["order.complaint.answer_due"]
    case .invoiced: ["order.invoice.number"]
    case .stockKnown, .inStock: ["order.item.in_stock"]
    case .restockKnown: ["order.item.restock_on"]
    case .guaranteeKnown: ["order.item.guarantee_months"]
    case .manualKnown: ["order.item.manual_url"]
    case .new, .paid, .packed, .shipped, .outForDelivery, .readyForPickup, .delivered, .returned,
      .cancelled, .lost, .beforeDispatch, .underWay, .excepted, .marketplaceSale, .severalParcels:
      ["order"]
    }
  }
}
