public import Foundation

extension Value {
  /// The value as JSON without spaces, names sorted: the same value is always the same bytes.
  public var json: Data {
    var writer = JSONWriter()
    writer.add(self)
    return Data(writer.bytes)
  }
}

/// JSON while it is being written: without spaces, the fields of an object in the order in which they
/// are added.
///
/// Own code, because Foundation's encoder takes longer for a response than the rest of the pipe does
/// for the line that it answers (`Benchmarks/Decoding`).
package struct JSONWriter {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  /// Whether something stands before the next element of the innermost list or object.
  private var needsComma = false

  /// Begins with nothing.
  /// - Parameter capacity: how many bytes there is to be room for.
  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Writes an object.
  /// - Parameter fields: adds its fields.
  package mutating func object(_ fields: (inout JSONWriter) -> Void) {
    begin(UInt8(ascii: "{"))
    fields(&self)
    end(UInt8(ascii: "}"))
  }

  /// Writes a list.
  /// - Parameters:
  ///   - items: what it is made of.
  ///   - write: writes one of them.
  package mutating func list<Item>(
    _ items: [Item], _ write: (inout JSONWriter, Item) -> Void
  ) {
    begin(UInt8(ascii: "["))
    for item in items { write(&self, item) }
    end(UInt8(ascii: "]"))
  }

  /// Adds the name of a field, whose value must come next.
  package mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Adds a field of text, unless there is none.
  package mutating func field(_ name: String, _ text: String?) {
    guard let text else { return }
    self.name(name)
    add(text)
  }

  /// Adds a field of a whole number, unless there is none.
  package mutating func field(_ name: String, _ number: Int?) {
    guard let number else { return }
    self.name(name)
    write(String(number))
  }

  /// Adds a field that is true or false.
  package mutating func field(_ name: String, _ flag: Bool) {
    self.name(name)
    write(flag ? "true" : "false")
  }

  /// Adds a text.
  package mutating func add(_ text: String) {
    separate()
    quote(text)
    needsComma = true
  }

  /// Adds a value of any shape.
  package mutating func add(_ value: Value) {
    switch value {
    case .nothing, .empty, .blank: write("null")
    case .bool(let flag): write(flag ? "true" : "false")
    case .integer(let number): write(String(number))
    case .decimal(let number): write(number.description)
    case .string(let text): add(text)
    case .range: add(value.text)
    case .list(let items): list(items) { $0.add($1) }
    case .object(let fields):
      object { writer in
        for field in fields.sorted(by: { $0.key < $1.key }) {
          writer.name(field.key)
          writer.add(field.value)
        }
      }
    }
  }

  /// Adds what is JSON already: a number or a word.
  package mutating func write(_ literal: String) {
    separate()
    bytes += literal.utf8
    needsComma = true
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      let utf8 = unsafe utf8.span
      if (0..<utf8.count).allSatisfy({ !Self.mustEscape(utf8[$0]) }) {
        unsafe utf8.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      } else {
        for place in 0..<utf8.count { escape(utf8[place]) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    guard Self.mustEscape(byte) else {
      bytes.append(byte)
      return
    }
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case ..<0x20:
      let digits = String(byte, radix: 16)
      bytes += ("u00" + (digits.count == 1 ? "0" : "") + digits).utf8
    default: bytes.append(byte)
    }
  }
}
