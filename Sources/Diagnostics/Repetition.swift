/// A text that stands before, word for word, in the same list.
struct Repetition {
  /// Its number in the document.
  let node: Int
  private let text: String
  private let line: Int
  private let column: Int

  /// The repetitions of a file in its order.
  /// - Parameters:
  ///   - document: the file.
  ///   - keys: the keys of the lists in question, or of mappings that hold one for each language.
  /// - Returns: the repetitions.
  static func all(in document: YAMLDocument, below keys: Set<String>) -> [Repetition] {
    document.nodes.indices.filter { document.kind(of: $0) == .mapping }
      .flatMap(document.entries(of:))
      .filter { document.text(of: $0.key).map(keys.contains) ?? false }
      .flatMap { entry in
        document.kind(of: entry.value) == .mapping
          ? document.entries(of: entry.value).map(\.value) : [entry.value]
      }
      .filter { document.kind(of: $0) == .list }
      .flatMap { list -> [Repetition] in
        var seen: Set<String> = []
        return document.children(of: list).compactMap { node in
          guard let text = document.text(of: node), !document.isNull(node),
            !seen.insert(text).inserted
          else { return nil }
          let place = document.place(of: node)
          return Repetition(node: node, text: text, line: place.line, column: place.column)
        }
      }
      .sorted { $0.node < $1.node }
  }

  /// What takes it out of its list: its line, or in brackets the comma before it with it.
  ///
  /// A proposal: where the text goes on in another line, the file says something else afterwards.
  func removal(from source: SourceText) -> Mend? {
    let bytes = Array(source.text.utf8)
    guard let start = source.utf8Offset(line: line, column: column), start < bytes.count,
      let sign = bytes[..<start].lastIndex(where: { !isBlank($0) })
    else { return nil }
    let isInBrackets = bytes[sign] == UInt8(ascii: ",")
    let end = Self.end(ofText: start, in: bytes, isInBrackets: isInBrackets)
    var range = sign..<end
    if !isInBrackets {
      // A line that holds anything else stays, be it a comment.
      let newline = UInt8(ascii: "\n")
      let line = bytes[..<sign].lastIndex(of: newline).map { $0 + 1 } ?? 0
      let next = bytes[end...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
      guard bytes[sign] == UInt8(ascii: "-"), bytes[line..<sign].allSatisfy(isBlank),
        !bytes[sign..<start].contains(newline), bytes[end..<next].allSatisfy(isBlank)
      else { return nil }
      range = line..<next
    }
    return Mend(
      at: SourceLocation(file: source.file, line: line, column: column),
      "'\(text)' removed, which stands before in the same list", range: range)
  }

  /// Where a text ends that begins at a byte.
  private static func end(ofText start: Int, in bytes: [UInt8], isInBrackets: Bool) -> Int {
    let (quote, apostrophe) = (bytes[start], UInt8(ascii: "'"))
    var end = start
    if quote == apostrophe || quote == UInt8(ascii: "\"") {
      end += 1
      while end < bytes.count {
        let isEscape =
          quote == apostrophe
          ? bytes[end...].starts(with: [quote, quote]) : bytes[end] == UInt8(ascii: "\\")
        if bytes[end] == quote, !isEscape { return end + 1 }
        end += isEscape ? 2 : 1
      }
      return bytes.count
    }
    let ends = isInBrackets ? ",]\n" : "\n"
    while end < bytes.count, !ends.utf8.contains(bytes[end]) {
      if bytes[end] == UInt8(ascii: "#"), isBlank(bytes[end - 1]) { break }
      end += 1
    }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return end
  }
}

private func isBlank(_ byte: UInt8) -> Bool { " \t\n".utf8.contains(byte) }
