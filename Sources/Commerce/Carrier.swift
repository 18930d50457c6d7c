/// Who carries parcels, and how buyers follow them.
public struct Carrier: Sendable, Hashable {
  /// The identifier that orders use: `inpost`.
  public let id: String
  /// The name that buyers know.
  public let name: String
  /// The tracking page, `%s` standing for the parcel's number.
  public let link: String?
  /// The tracking page around the parcel's number.
  private let linkParts: [String]?

  /// Describes a carrier.
  /// - Parameters:
  ///   - id: the identifier that orders use.
  ///   - name: the name that buyers know.
  ///   - link: the tracking page, `%s` standing for the parcel's number.
  public init(id: String, name: String, link: String?) {
    self.id = id
    self.name = name
    self.link = link
    linkParts = link?.split(separator: "%s", omittingEmptySubsequences: false).map(String.init)
  }

  /// The page of one parcel.
  /// - Parameter number: the parcel's number.
  /// - Returns: the page; nil where the carrier has none, or where the number is not made of letters,
  ///   digits and dashes alone and could lead elsewhere.
  public func trackingLink(to number: String) -> String? {
    guard
      number.utf8.allSatisfy({
        (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == UInt8(ascii: "-")
      }), !number.isEmpty
    else { return nil }
    return linkParts?.joined(separator: number)
  }
}
