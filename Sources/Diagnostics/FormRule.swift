/// A fault of a file's mere form, and how it is mended.
///
/// A rule proposes; `MendedFile` takes only what leaves the file saying what it said.
struct FormRule: Sendable {
  /// Whether it holds of templates, where everything else between the tags reaches the buyer.
  let isForTemplates: Bool
  /// Whether it is right also where the file cannot be read as it is.
  let mendsUnreadable: Bool
  /// The mends of a file.
  let mends: @Sendable (SourceText) -> [Mend]

  /// All rules, in the order in which they are applied: none moves the lines of those behind it.
  static let all = [
    FormRule(isForTemplates: true, mendsUnreadable: true, mends: byteOrderMark),
    FormRule(isForTemplates: true, mendsUnreadable: true, mends: lineEnds),
    FormRule(isForTemplates: false, mendsUnreadable: true, mends: tabs),
    FormRule(isForTemplates: false, mendsUnreadable: false, mends: trailingBlanks),
    FormRule(isForTemplates: true, mendsUnreadable: false, mends: missingLineEnd),
    FormRule(isForTemplates: false, mendsUnreadable: false, mends: blankLinesAtTheEnd),
  ]

  private static let byteOrderMark: @Sendable (SourceText) -> [Mend] = { source in
    let marks = source.text.unicodeScalars.prefix { $0 == "\u{FEFF}" }
    if marks.isEmpty { return [] }
    return [
      Mend(
        at: source.location(utf8Offset: 0), "byte order mark removed",
        range: 0..<String(marks).utf8.count)
    ]
  }

  private static let lineEnds: @Sendable (SourceText) -> [Mend] = { source in
    let bytes = Array(source.text.utf8)
    guard let first = bytes.firstIndex(of: carriageReturn) else { return [] }
    var new: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if byte == lineFeed, index > 0, bytes[index - 1] == carriageReturn { continue }
      new.append(byte == carriageReturn ? lineFeed : byte)
    }
    return [
      Mend(
        at: source.location(utf8Offset: first), "line ends changed to LF", range: 0..<bytes.count,
        replacement: String(decoding: new, as: UTF8.self))
    ]
  }

  /// Tabs before a line's first word, where YAML takes none.
  ///
  /// How wide its author saw them is not known: they are mended where each width that can be read
  /// says the same.
  private static let tabs: @Sendable (SourceText) -> [Mend] = { source in
    let lines = source.lines.filter { $0.indentation.contains(tab) }
    guard !lines.isEmpty, YAMLDocument(reading: source) == nil else { return [] }
    let readings = [2, 4, 8].compactMap { width -> (mends: [Mend], document: YAMLDocument)? in
      let mends = lines.map { line in
        let columns = line.indentation.reduce(0) { column, byte in
          byte == tab ? (column / width + 1) * width : column + 1
        }
        return Mend(
          at: SourceLocation(file: source.file, line: line.number, column: 1),
          "tabs of the indentation changed to spaces", range: line.indentation.indices,
          replacement: String(repeating: " ", count: columns))
      }
      return YAMLDocument(reading: source.mended(by: mends)).map { (mends, $0) }
    }
    guard let first = readings.first, readings.allSatisfy({ $0.document.says(first.document) })
    else { return [] }
    return first.mends
  }

  private static let trailingBlanks: @Sendable (SourceText) -> [Mend] = { source in
    source.lines.compactMap { line in
      guard let last = line.bytes.last, isBlank(last) else { return nil }
      let end = line.bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? line.bytes.startIndex
      let column = String(decoding: line.bytes[..<end], as: UTF8.self).count + 1
      return Mend(
        at: SourceLocation(file: source.file, line: line.number, column: column),
        "trailing blanks removed", range: end..<line.bytes.endIndex)
    }
  }

  private static let missingLineEnd: @Sendable (SourceText) -> [Mend] = { source in
    let end = source.text.utf8.count
    guard let last = source.text.utf8.last, last != lineFeed else { return [] }
    return [
      Mend(
        at: source.location(utf8Offset: end), "line end added behind the last line",
        range: end..<end, replacement: "\n")
    ]
  }

  private static let blankLinesAtTheEnd: @Sendable (SourceText) -> [Mend] = { source in
    let end = source.text.utf8.count
    let first = end - source.text.utf8.reversed().prefix { $0 == lineFeed }.count + 1
    guard first < end else { return [] }
    return [
      Mend(
        at: source.location(utf8Offset: first), "blank lines at the end removed",
        range: first..<end)
    ]
  }
}

private let tab = UInt8(ascii: "\t")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

private func isBlank(_ byte: UInt8) -> Bool { byte == tab || byte == UInt8(ascii: " ") }

/// A line, without its end; the indices of its bytes are offsets in the file.
private struct Line {
  let number: Int
  let bytes: ArraySlice<UInt8>

  var indentation: ArraySlice<UInt8> { bytes.prefix(while: isBlank) }
}

extension SourceText {
  fileprivate var lines: [Line] {
    Array(text.utf8).split(separator: lineFeed, omittingEmptySubsequences: false).enumerated()
      .map { Line(number: $0 + 1, bytes: $1) }
  }
}
