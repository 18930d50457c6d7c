/// Something in a message that has a form of its own: a number, an address, an amount.
public struct Entity: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    case orderNumber = "order_number"
    case trackingNumber = "tracking_number"
    case email
    case phone
    case amount
    case percentage
    case date
    case postcode
    /// A parcel locker's code: POZ01A.
    case lockerCode = "locker_code"
    /// A product of the order that is spoken of, by its name.
    case product
  }

  /// What it is.
  public let kind: Kind
  /// Its value, in the form in which it is compared: a date as `2026-11-20`, an amount as `24.99
  /// PLN`, numbers without spaces, everything else as it was written.
  public let value: String
  /// Where it stands: offsets into the message's UTF-8.
  public let range: Range<Int>

  package init(kind: Kind, value: String, range: Range<Int>) {
    self.kind = kind
    self.value = value
    self.range = range
  }
}
