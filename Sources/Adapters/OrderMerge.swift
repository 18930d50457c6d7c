public import Liquid

extension InboundOrder {
  /// The order that comes of this and of what is known already: what is new stands, and what only the
  /// known order says stays.
  ///
  /// Parcels are joined by their tracking numbers, returns, refunds and complaints by their identities:
  /// systems tell of them in documents of their own. The lines of an order are those of the latest.
  /// - Parameter known: the fields of the order as it is kept.
  /// - Returns: the fields of the order.
  public func merged(into known: Value) -> Value {
    var fields = known.fields
    for (name, value) in self.fields.fields where name != "reference" {
      fields[name] = Self.merged(value, into: fields[name], field: name)
    }
    if let number = known.fields["number"] {
      // A part may name its order by another of its numbers.
      if !isWhole { fields["number"] = number }
    }
    // What the system itself says is kept beside what follows from the parcels: a parcel that moves
    // twice must not bring an order further that has goods still to be sent.
    fields[Self.ownStatus] =
      self.fields.fields["status"] ?? fields[Self.ownStatus] ?? fields["status"]
    fields["status"] = Self.status(of: fields)
    return .object(fields)
  }

  /// How far parcels have come, and what an order has come to then.
  private static let progress = ["in_transit", "out_for_delivery", "ready_for_pickup", "delivered"]
  /// The field in which an import keeps what the system itself says of an order's status.
  private static let ownStatus = "system_status"
  /// What an order may be before its first parcel leaves.
  private static let unsent: Set<String> = ["new", "paid", "packed"]

  /// The status that an order has by its parcels, where the order itself lags behind: one of them
  /// under way has been sent; what was sent has come as far as the last of all its parcels.
  ///
  /// An order that its system takes for unsent may have goods that no parcel holds yet: it is never
  /// taken for delivered.
  private static func status(of order: [String: Value]) -> Value? {
    guard case .string(let status)? = order[ownStatus],
      case .list(let parcels)? = order["shipments"], !parcels.isEmpty
    else { return order[ownStatus] }
    let ranks = parcels.map { parcel in
      parcel.fields["status"].flatMap { progress.firstIndex(of: $0.text) }
    }
    if unsent.contains(status) {
      return .string(ranks.contains { $0 != nil } ? "shipped" : status)
    }
    let rank = status == "shipped" ? 0 : progress.firstIndex(of: status)
    guard let rank, let least = ranks.map({ $0 ?? 0 }).min(), least > rank else {
      return .string(status)
    }
    return .string(progress[least])
  }

  /// The order with what a further row of a table says of it: one more line, and what was not said.
  /// - Parameter row: the further row.
  /// - Returns: the order.
  public func adding(_ row: InboundOrder) -> InboundOrder {
    var fields = fields.fields
    for (name, value) in row.fields.fields {
      switch (name, fields[name], value) {
      case ("items", .list(let lines)?, .list(let further)): fields[name] = .list(lines + further)
      case (_, .list?, .list), (_, nil, _):
        fields[name] = Self.merged(value, into: fields[name], field: name)
      default: break
      }
    }
    return InboundOrder(fields: .object(fields), origins: origins)
  }

  /// By what the elements of a list are known.
  private static let identities = [
    "shipments": ["tracking_number", "id"], "returns": ["id"], "refunds": ["id"],
    "complaints": ["id"],
  ]

  private static func merged(_ new: Value, into known: Value?, field: String) -> Value {
    switch (known, new) {
    case (.object(let old)?, .object(let fresh)):
      var fields = old
      for (name, value) in fresh { fields[name] = merged(value, into: fields[name], field: name) }
      return .object(fields)
    case (.list(let old)?, .list(let fresh)):
      if field == "references" { return .list(old + fresh.filter { !old.contains($0) }) }
      guard let identities = identities[field] else { return new }
      var items = old
      for item in fresh {
        let names = identities.filter { item.fields[$0] != nil }
        // One without an identity is known by being the same.
        let place = items.firstIndex { known in
          names.isEmpty
            ? known == item : names.contains { known.fields[$0] == item.fields[$0] }
        }
        if let place {
          items[place] = merged(item, into: items[place], field: "")
        } else {
          items.append(item)
        }
      }
      return .list(items)
    default: return new
    }
  }

  /// The numbers by which the order that this belongs to may be known.
  ///
  /// Its own, else one that the system gives it, too, else those of its parcels. Two orders may share
  /// a parcel, so that a parcel says nothing where the document names the order.
  public var numbers: [String] {
    let own = fields.fields["number"] ?? (isWhole ? nil : fields.fields["reference"])
    if let own { return [own.text] }
    guard !isWhole, case .list(let parcels)? = fields.fields["shipments"] else { return [] }
    return parcels.compactMap { $0.fields["tracking_number"]?.text }
  }
}
