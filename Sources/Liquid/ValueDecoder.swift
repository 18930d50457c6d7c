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
    try ValueDecoder(self, userInfo: userInfo).make(type)
  }
}

/// A place in a value, from which something is made.
private struct ValueDecoder: Decoder {
  /// The way to a place, which is put together only where something is wrong.
  private final class Path {
    let before: Path?
    let key: any CodingKey

    init(_ before: Path?, _ key: any CodingKey) {
      self.before = before
      self.key = key
    }

    var keys: [any CodingKey] { (before?.keys ?? []) + [key] }
  }

  let value: Value
  private let path: Path?
  private let sendableInfo: [CodingUserInfoKey: any Sendable]

  var codingPath: [any CodingKey] { path?.keys ?? [] }
  var userInfo: [CodingUserInfoKey: Any] { sendableInfo }

  init(_ value: Value, userInfo: [CodingUserInfoKey: any Sendable]) {
    self.init(value, nil, userInfo)
  }

  private init(_ value: Value, _ path: Path?, _ userInfo: [CodingUserInfoKey: any Sendable]) {
    self.value = value
    self.path = path
    sendableInfo = userInfo
  }

  func below(_ key: any CodingKey, _ value: Value) -> ValueDecoder {
    ValueDecoder(value, Path(path, key), sendableInfo)
  }

  func mismatch(_ type: any Any.Type) -> DecodingError {
    let context = DecodingError.Context(codingPath: codingPath, debugDescription: "")
    return value == .nothing
      ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  func make<Made: Decodable>(_ type: Made.Type) throws -> Made {
    let made: Any?
    switch ObjectIdentifier(type) {
    case ObjectIdentifier(String.self): made = text
    case ObjectIdentifier(Int.self): made = whole
    case ObjectIdentifier(Bool.self): made = flag
    case ObjectIdentifier(Decimal.self): made = number
    case ObjectIdentifier(Double.self): made = number.flatMap { Double($0.description) }
    case ObjectIdentifier(Value.self): made = value
    default: return try Made(from: self)
    }
    guard let made = made as? Made else { throw mismatch(type) }
    return made
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

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
      if case .string(let text)? = fields[key.stringValue] { return text }
      throw try place(key).mismatch(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
      switch fields[key.stringValue] {
      case nil, .nothing: return nil
      case .string(let text): return text
      case let value?: throw decoder.below(key, value).mismatch(type)
      }
    }

    func decode<Made: Decodable>(_ type: Made.Type, forKey key: Key) throws -> Made {
      try place(key).make(type)
    }

    func decodeIfPresent<Made: Decodable>(_ type: Made.Type, forKey key: Key) throws -> Made? {
      guard let value = fields[key.stringValue] else { return nil }
      if case .nothing = value { return nil }
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
