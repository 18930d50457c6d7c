internal import Foundation

extension Value {
  /// Makes something of the value as `JSONDecoder` makes it of JSON: times, amounts and words stay what
  /// the type itself takes for them.
  ///
  /// Own code, because a document that is there as a value would have to be written and parsed again.
  /// - Parameters:
  ///   - type: what to make.
  ///   - userInfo: what the type wants to know besides.
  /// - Returns: what was made.
  /// - Throws: `DecodingError`, with the path of the field.
  public func decoded<Made: Decodable>(
    as type: Made.Type = Made.self, userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws -> Made {
    try ValueDecoder(value: self, codingPath: [], userInfo: userInfo).make(type)
  }
}

/// A place in a value, from which something is made.
private struct ValueDecoder: Decoder {
  let value: Value
  let codingPath: [any CodingKey]
  let sendableInfo: [CodingUserInfoKey: any Sendable]

  var userInfo: [CodingUserInfoKey: Any] { sendableInfo }

  init(
    value: Value, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]
  ) {
    self.value = value
    self.codingPath = codingPath
    sendableInfo = userInfo
  }

  func below(_ key: any CodingKey, _ value: Value) -> ValueDecoder {
    ValueDecoder(value: value, codingPath: codingPath + [key], userInfo: sendableInfo)
  }

  func mismatch(_ type: any Any.Type) -> DecodingError {
    let context = DecodingError.Context(codingPath: codingPath, debugDescription: "")
    return value == .nothing
      ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  func make<Made: Decodable>(_ type: Made.Type) throws -> Made {
    let made: Any? =
      switch type {
      case is String.Type: text
      case is Int.Type: whole
      case is Bool.Type: flag
      case is Decimal.Type: number
      case is Double.Type: number.flatMap { Double($0.description) }
      case is Value.Type: value
      default: nil as Any?
      }
    if let made = made as? Made { return made }
    if Self.isPlain(type) { throw mismatch(type) }
    return try Made(from: self)
  }

  private static func isPlain(_ type: any Any.Type) -> Bool {
    type is String.Type || type is Int.Type || type is Bool.Type || type is Decimal.Type
      || type is Double.Type
  }

  private var text: String? { if case .string(let text) = value { text } else { nil } }
  private var flag: Bool? { if case .bool(let flag) = value { flag } else { nil } }
  private var number: Decimal? {
    switch value {
    case .integer(let number): Decimal(number)
    case .decimal(let number): number
    default: nil
    }
  }
  private var whole: Int? {
    switch value {
    case .integer(let number): number
    case .decimal(let number): Int(number.description)
    default: nil
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let fields) = value else { throw mismatch([String: Any].self) }
    return KeyedDecodingContainer(Fields<Key>(fields: fields, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let items) = value else { throw mismatch([Any].self) }
    return Items(items: items, decoder: self)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(decoder: self) }

  private struct Index: CodingKey {
    let intValue: Int?
    var stringValue: String { "Index \(intValue ?? 0)" }

    init(_ index: Int) { intValue = index }
    init?(stringValue: String) { nil }
    init?(intValue: Int) { self.init(intValue) }
  }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let fields: [String: Value]
    let decoder: ValueDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { fields.keys.compactMap(Key.init) }

    func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }

    private func place(_ key: Key) throws -> ValueDecoder {
      guard let value = fields[key.stringValue] else {
        throw DecodingError.keyNotFound(
          key, DecodingError.Context(codingPath: codingPath, debugDescription: ""))
      }
      return decoder.below(key, value)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try place(key).value == .nothing }

    func decode<Made: Decodable>(_ type: Made.Type, forKey key: Key) throws -> Made {
      try place(key).make(type)
    }

    func decodeIfPresent<Made: Decodable>(_ type: Made.Type, forKey key: Key) throws -> Made? {
      guard let value = fields[key.stringValue], value != .nothing else { return nil }
      return try decoder.below(key, value).make(type)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try place(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try place(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try place(key) }
  }

  private struct Items: UnkeyedDecodingContainer {
    let items: [Value]
    let decoder: ValueDecoder
    var currentIndex = 0

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private func place() throws -> ValueDecoder {
      guard !isAtEnd else { throw decoder.mismatch([Any].self) }
      return decoder.below(Index(currentIndex), items[currentIndex])
    }

    mutating func decodeNil() throws -> Bool {
      guard try place().value == .nothing else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<Made: Decodable>(_ type: Made.Type) throws -> Made {
      let made = try place().make(type)
      currentIndex += 1
      return made
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      let nested = try place().container(keyedBy: type)
      currentIndex += 1
      return nested
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      let nested = try place().unkeyedContainer()
      currentIndex += 1
      return nested
    }

    mutating func superDecoder() throws -> any Decoder {
      let place = try place()
      currentIndex += 1
      return place
    }
  }

  private struct Single: SingleValueDecodingContainer {
    let decoder: ValueDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value == .nothing }
    func decode<Made: Decodable>(_ type: Made.Type) throws -> Made { try decoder.make(type) }
  }
}
