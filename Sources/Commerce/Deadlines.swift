/// The deadlines that bind a seller, by name and by what they are for.
public struct Deadlines: Sendable, Hashable {
  private let byID: [String: Deadline]
  private let complaints: [String: Deadline]

  /// Makes a table.
  /// - Parameter deadlines: the deadlines; of two with one name, or with one purpose in one country,
  ///   the first counts.
  public init(_ deadlines: [Deadline] = []) {
    byID = Dictionary(deadlines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let complaints = deadlines.filter { $0.purpose == .complaint }.compactMap { deadline in
      deadline.country.map { ($0, deadline) }
    }
    self.complaints = Dictionary(complaints, uniquingKeysWith: { first, _ in first })
  }

  /// All names, in alphabetical order.
  public var ids: [String] { byID.keys.sorted() }

  /// The deadline of a name.
  /// - Parameter id: the name.
  /// - Returns: the deadline, if there is one.
  public subscript(id: String) -> Deadline? { byID[id] }

  /// The time within which a complaint must be answered.
  /// - Parameter country: where the buyer lives (ISO 3166-1).
  /// - Returns: the country's deadline; nil where its law names none, or it is not known.
  public func complaint(in country: String?) -> Deadline? { country.flatMap { complaints[$0] } }
}
