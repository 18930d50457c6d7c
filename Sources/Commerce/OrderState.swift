public import Foundation

/// Something that is true of an order at a moment: the words in which an intent's answers say when
/// they hold.
///
/// A state says only what the data give. Where the data are silent, neither a state nor its
/// opposite holds: an order whose delivery is not dated has neither an open nor a closed window.
public enum OrderState: String, Sendable, CaseIterable {
  // The status.
  case new, paid, packed, shipped
  case outForDelivery = "out_for_delivery"
  case readyForPickup = "ready_for_pickup"
  case delivered, returned, cancelled, lost
  /// new, paid or packed
  case beforeDispatch = "before_dispatch"
  /// shipped, out for delivery or ready for pickup
  case underWay = "under_way"
  /// The promised day has passed: of dispatch before it, of delivery after it.
  case late
  /// A tracking number is known.
  case tracked
  /// The last day of delivery is known.
  case estimated
  /// For some item the right of withdrawal does not hold.
  case excepted
  case returnWindowOpen = "return_window_open"
  case returnWindowClosed = "return_window_closed"
  case returnKnown = "return_known"
  case returnRequested = "return_requested"
  case returnInTransit = "return_in_transit"
  case returnReceived = "return_received"
  case returnAccepted = "return_accepted"
  case returnRejected = "return_rejected"
  case refundPending = "refund_pending"
  case refundSent = "refund_sent"
  case refundCompleted = "refund_completed"
  /// It is known until when the money should be there.
  case refundExpected = "refund_expected"
  case refundOverdue = "refund_overdue"
  case complaintOpen = "complaint_open"
  case complaintDueKnown = "complaint_due_known"
  case complaintOverdue = "complaint_overdue"
  case invoiced
  /// The order has one item, and its stock is known.
  case stockKnown = "stock_known"
  case inStock = "in_stock"
  case restockKnown = "restock_known"
  case guaranteeKnown = "guarantee_known"
  case manualKnown = "manual_known"
  /// It is sent in more than one parcel, and not all of them have arrived.
  case severalParcels = "several_parcels"
  /// It was sold on a marketplace, whose rules then hold in every channel.
  case marketplaceSale = "marketplace_sale"
}

extension OrderView {
  /// The length of the withdrawal period in days from receipt (Directive 2011/83/EU, Article 9).
  static let withdrawalDays = 14

  /// The parcel that a question about "the parcel" is about: the last one sent.
  public var shipment: Shipment? {
    order.shipments.enumerated().max {
      ($0.element.shippedAt ?? .distantPast, $0.offset)
        < ($1.element.shippedAt ?? .distantPast, $1.offset)
    }?.element
  }

  /// The only item, where there is exactly one.
  public var item: Order.Item? { order.items.count == 1 ? order.items.first : nil }

  /// The last day on which the buyer may withdraw: 14 days after the last parcel arrived (Directive
  /// 2011/83/EU, Article 9(2)(b)(i)).
  ///
  /// Nil as long as a parcel's arrival is not dated. - Parameter calendar: which days count. -
  /// Returns: that day.
  public func returnDeadline(_ calendar: BusinessCalendar) -> CalendarDay? {
    let arrivals = order.shipments.map(\.deliveredAt)
    guard order.status == .delivered || order.status == .returned,
      let last = arrivals.compactMap({ $0 }).max(), !arrivals.contains(nil)
    else { return nil }
    return calendar.lastDay(of: Self.withdrawalDays, after: calendar.day(of: last))
  }

  /// How many days the order is behind what was promised.
  /// - Parameters:
  ///   - now: the moment.
  ///   - calendar: which day that is.
  /// - Returns: one or more, or nil where it is not late or nothing was promised.
  public func daysLate(at now: Date, _ calendar: BusinessCalendar) -> Int? {
    let promised =
      switch order.status {
      case .new, .paid, .packed: order.shipBy
      case .shipped, .outForDelivery: shipment?.estimatedTo
      case .readyForPickup, .delivered, .returned, .cancelled, .lost: CalendarDay?.none
      }
    guard let promised else { return nil }
    let days = calendar.day(of: now) - promised
    return days > 0 ? days : nil
  }

  /// Everything that is true of the order at a moment.
  /// - Parameters:
  ///   - now: the moment.
  ///   - calendar: which day that is.
  /// - Returns: the states that hold.
  public func states(at now: Date, _ calendar: BusinessCalendar) -> Set<OrderState> {
    var states: Set<OrderState> = []
    func add(_ state: OrderState, if holds: Bool) { if holds { states.insert(state) } }
    if let status = OrderState(rawValue: order.status.rawValue) { states.insert(status) }
    let today = calendar.day(of: now)
    add(.beforeDispatch, if: [.new, .paid, .packed].contains(order.status))
    add(.underWay, if: [.shipped, .outForDelivery, .readyForPickup].contains(order.status))
    add(.late, if: daysLate(at: now, calendar) != nil)
    add(.tracked, if: shipment?.trackingNumber != nil)
    add(.estimated, if: shipment?.estimatedTo != nil)
    add(.excepted, if: order.items.contains { $0.exception != nil || $0.isReturnable == false })
    if let deadline = returnDeadline(calendar) {
      add(.returnWindowOpen, if: today <= deadline)
      add(.returnWindowClosed, if: today > deadline)
    }
    if let last = order.returns.last {
      states.insert(.returnKnown)
      if let status = last.status { add(status.state, if: true) }
    }
    if let last = order.refunds.last {
      if let status = last.status { add(status.state, if: true) }
      add(.refundExpected, if: last.expectedBy != nil)
      add(
        .refundOverdue, if: last.status == .pending && (last.expectedBy.map { $0 < today } ?? false)
      )
    }
    if let last = order.complaints.last {
      add(.complaintOpen, if: last.solution == nil && last.status != "closed")
      add(.complaintDueKnown, if: last.answerDue != nil)
      add(.complaintOverdue, if: last.answerDue.map { $0 < today } ?? false)
    }
    add(.invoiced, if: order.invoice?.number != nil)
    add(.stockKnown, if: item?.inStock != nil)
    add(.inStock, if: (item?.inStock ?? 0) > 0)
    add(.restockKnown, if: item?.restockOn != nil)
    add(.guaranteeKnown, if: item?.guaranteeMonths != nil)
    add(.manualKnown, if: item?.manualURL != nil)
    add(
      .severalParcels,
      if: order.shipments.count > 1 && order.shipments.contains { $0.deliveredAt == nil })
    add(.marketplaceSale, if: order.marketplace.map { $0 != .shop } ?? false)
    return states
  }
}

extension Order.Return.Status {
  fileprivate var state: OrderState {
    switch self {
    case .requested: .returnRequested
    case .inTransit: .returnInTransit
    case .received: .returnReceived
    case .accepted: .returnAccepted
    case .rejected: .returnRejected
    }
  }
}

extension Order.Refund.Status {
  fileprivate var state: OrderState {
    switch self {
    case .pending: .refundPending
    case .sent: .refundSent
    case .completed: .refundCompleted
    }
  }
}
