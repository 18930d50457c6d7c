public import Foundation

/// A parcel of an order.
public struct Shipment: Sendable, Hashable {
  /// The carrier's identifier: `inpost`.
  public var carrier: String?
  /// The number under which the carrier knows the parcel.
  public var trackingNumber: String?
  /// The carrier's word for where it is; an open set.
  public var status: String?
  /// When it was handed over.
  public var shippedAt: Date?
  /// The first day on which it may arrive.
  public var estimatedFrom: CalendarDay?
  /// The last day on which it should arrive.
  public var estimatedTo: CalendarDay?
  /// When it arrived.
  public var deliveredAt: Date?
  /// The code of the parcel locker or shop: `POZ01A`.
  public var pickupCode: String?
  /// Where that is.
  public var pickupAddress: String?
  /// Until when it waits there.
  public var pickupBy: CalendarDay?
}
