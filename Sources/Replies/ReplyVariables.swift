public import Commerce
public import Diagnostics
internal import Dialogue
internal import Foundation
internal import Language
internal import Liquid

/// What templates may name: the seller's facts, the order as its buyer may see it, and what the
/// decision leaves open.
///
/// A value that the data do not have is not there at all, so that a strict template cannot print it
/// as nothing.
public struct ReplyVariables: Sendable {
  let seller: [String: String]
  let facts: [String: YAMLValue]
  /// The facts as templates see them, by every name that may be a locale's, and for others.
  private var factValues: [String: [String: Value]] = [:]
  private let otherFacts: [String: Value]
  private let carriers: [String: Carrier]
  let calendar: BusinessCalendar
  let currency: String?

  /// Says what templates may name.
  /// - Parameters:
  ///   - seller: what may be said of the seller, by name.
  ///   - facts: what may be said of the shop, by name; a mapping of locales gives each its own.
  ///   - carriers: the carriers by identifier.
  ///   - calendar: which days count, and where.
  ///   - currency: the currency of facts that are amounts.
  public init(
    seller: [String: String], facts: [String: YAMLValue], carriers: [String: Carrier],
    calendar: BusinessCalendar, currency: String?
  ) {
    self.seller = seller
    self.facts = facts
    let locales = Set(facts.values.flatMap(Self.names))
    for locale in locales {
      factValues[locale] = facts.compactMapValues { Self.value(of: $0, in: locale, currency) }
    }
    otherFacts = facts.compactMapValues { Self.value(of: $0, in: nil, currency) }
    self.carriers = carriers
    self.calendar = calendar
    self.currency = currency
  }

  /// The values for one reply.
  func values(
    for plan: ReplyPlan, on occasion: Occasion, _ known: OrderValues?
  ) -> [String: Value] {
    var values: [String: Value] = [
      "seller": .object(seller.mapValues(Value.string)),
      "facts": .object(factValues[plan.locale.description] ?? otherFacts),
      "channel": .string(occasion.channel.description),
    ]
    if let due = plan.dueAt {
      // "By 0:00 on the 24th" is read as the wrong day by half of all people.
      let isMidnight = calendar.day(of: due).start(in: calendar.zone) == due
      values["escalation"] = .object(["due": time(isMidnight ? due.addingTimeInterval(-60) : due)])
    }
    if !plan.options.isEmpty { values["options"] = .list(plan.options.map(Value.string)) }
    if let number = plan.namedNumber {
      values["request"] = .object(["order_number": .string(number.description)])
    }
    if let note = plan.handOff {
      values["handoff"] = object([
        "reason": .string(note.reason.rawValue), "channel": .string(note.channel.description),
        "intents": .list(note.intents.map(Value.string)),
        "asked": .list(note.asked.map(Value.string)), "answers": .integer(note.answers),
        "rules": .list(note.rules.map(Value.string)), "hole": note.hole.map(Value.string),
        "expects": note.claim?.expects.map { .string($0.rawValue) },
        "expected_percent": note.claim?.percent.map(Value.decimal),
        "expected_amount": note.claim?.amount.map {
          Self.amount($0, note.claim?.currency ?? currency)
        },
      ])
    }
    if let view = plan.order {
      let isKnown = known?.moment == occasion.moment && known?.view == view
      let order = isKnown ? known : self.values(of: view, at: occasion.moment)
      values.merge(order?.values ?? [:]) { $1 }
    }
    return values
  }

  /// The values of an order.
  func values(of view: OrderView, at moment: Date) -> OrderValues {
    var values = ["order": order(view, at: moment)]
    if let name = view.order.buyer?.name?.split(separator: " ").first {
      values["buyer"] = .object(["first_name": .string(String(name))])
    }
    return OrderValues(view: view, moment: moment, values: values)
  }

  /// The names in a fact, any of which may be a locale's.
  private static func names(in fact: YAMLValue) -> [String] {
    switch fact {
    case .mapping(let entries): Array(entries.keys) + entries.values.flatMap(names)
    case .list(let items): items.flatMap(names)
    case .text, .flag, .number: []
    }
  }

  private static func value(
    of fact: YAMLValue, in locale: String?, _ currency: String?
  ) -> Value? {
    switch fact {
    case .text(let text): .string(text)
    case .flag(let flag): .bool(flag)
    case .number(let number):
      if let integer = Int(number) {
        .integer(integer)
      } else {
        Money.decimal(number).map { amount($0, currency) }
      }
    case .list(let items): .list(items.compactMap { value(of: $0, in: locale, currency) })
    case .mapping(let entries):
      if let own = locale.flatMap({ entries[$0] }) {
        value(of: own, in: locale, currency)
      } else {
        .object(entries.compactMapValues { value(of: $0, in: locale, currency) })
      }
    }
  }

  /// An amount as the `money` filter takes it.
  private static func amount(_ amount: Decimal, _ currency: String?) -> Value {
    var fields: [String: Value] = ["amount": .string(amount.description)]
    if let currency { fields["currency"] = .string(currency) }
    return .object(fields)
  }

  private func time(_ moment: Date) -> Value {
    .string(Timestamp.format(moment, in: calendar.zone))
  }

  private func day(_ moment: Date?) -> Value? {
    moment.map { .string(calendar.day(of: $0).description) }
  }

  private func order(_ view: OrderView, at now: Date) -> Value {
    let order = view.order
    let currency = order.currency
    return object([
      "number": .string(order.number.description),
      "status": .string(order.status.rawValue),
      "own_shop": .bool(order.marketplace == .shop),
      "cash_on_delivery": .bool(order.isPaidOnDelivery),
      "placed_on": day(order.placedAt),
      "ship_by": day(order.shipBy),
      "total": order.total.map { Self.amount($0, currency) },
      "items": .list(order.items.map { item($0, currency) }),
      "item": view.item.map { item($0, currency) },
      "shipments": .list(order.shipments.map(shipment)),
      "shipment": view.shipment.map(shipment),
      "return": order.returns.last.map {
        object([
          "id": text($0.id), "requested_on": day($0.requestedAt),
          "received_on": day($0.receivedAt),
        ])
      },
      "refund": order.refunds.last.map {
        object([
          "amount": $0.amount.map { Self.amount($0, currency) }, "sent_on": day($0.sentAt),
          "expected_by": day($0.expectedBy), "method": text($0.method),
        ])
      },
      "complaint": order.complaints.last.map {
        object([
          "id": text($0.id), "opened_on": day($0.openedAt), "answer_due": day($0.answerDue),
          "solution": text($0.solution?.rawValue),
        ])
      },
      "invoice": order.invoice.map {
        object([
          "number": text($0.number), "url": text($0.url), "issued_on": day($0.issuedAt),
        ])
      },
      "return_deadline": day(view.returnDeadline(calendar)),
      "days_late": view.daysLate(at: now, calendar).map(Value.integer),
    ])
  }

  private func item(_ item: Order.Item, _ currency: String?) -> Value {
    object([
      "name": text(item.name), "quantity": item.quantity.map(Value.integer),
      "unit_price": item.unitPrice.map { Self.amount($0, currency) },
      "in_stock": item.inStock.map(Value.integer), "restock_on": day(item.restockOn),
      "guarantee_months": item.guaranteeMonths.map(Value.integer),
      "manual_url": text(item.manualURL), "returnable": item.isReturnable.map(Value.bool),
      "exception": text(item.exception?.rawValue),
    ])
  }

  private func shipment(_ shipment: Shipment) -> Value {
    let carrier = shipment.carrier.map { carriers[$0.lowercased()] }
    return object([
      // A carrier that the bot does not know keeps the word that came with the order.
      "carrier": text(carrier??.name ?? shipment.carrier),
      "tracking_number": text(shipment.trackingNumber),
      "tracking_url": text(shipment.trackingNumber.flatMap { carrier??.trackingLink(to: $0) }),
      "shipped_on": day(shipment.shippedAt),
      "estimated_from": day(shipment.estimatedFrom),
      "estimated_to": day(shipment.estimatedTo),
      "delivered_on": day(shipment.deliveredAt),
      "pickup_code": text(shipment.pickupCode),
      "pickup_address": text(shipment.pickupAddress),
      "pickup_by": day(shipment.pickupBy),
    ])
  }

  private func day(_ day: CalendarDay?) -> Value? { day.map { .string($0.description) } }

  /// Text that says something: a blank one is as good as absent.
  private func text(_ text: String?) -> Value? {
    guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
    return .string(text)
  }

  private func object(_ fields: KeyValuePairs<String, Value?>) -> Value {
    var values = [String: Value](minimumCapacity: fields.count)
    for (name, value) in fields { values[name] = value }
    return .object(values)
  }
}
