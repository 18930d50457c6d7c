internal import Foundation
internal import Liquid
internal import SwiftCSV

/// The documents of a file, one by one, each with its place: a JSON document, one a line, or the rows
/// of a table.
struct OrderDocuments {
  private enum Content {
    case whole(Value?)
    case lines(first: Value)
    case rows([[String: String]])
  }

  private let file: String
  private var content: Content
  private var lines: LineReader
  private var number = 0

  /// The longest line that is read; the longest orders that systems send have some 100 KiB.
  private static let lineLimit = 16 << 20

  /// Opens a file.
  /// - Parameters:
  ///   - file: its path; `-` for standard input.
  ///   - separator: what separates the columns, where it is a table.
  /// - Throws: the exit code, after saying what is wrong.
  init(_ file: String, table separator: Character?) throws {
    self.file = file == "-" ? "standard input" : file
    let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
    guard let handle else {
      Terminal.error("'\(file)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    lines = LineReader(limit: Self.lineLimit, file: handle)
    if let separator {
      content = .rows(try Self.rows(of: try handle.readToEnd() ?? Data(), file, separator))
      return
    }
    // One document a line, where the first line is one by itself.
    var beginning = Data()
    while case .text(let line)? = try lines.next(beforeWaiting: {}) {
      if beginning.isEmpty, let first = try? Value(json: line) {
        content = .lines(first: first)
        return
      }
      beginning += line
      beginning.append(UInt8(ascii: "\n"))
    }
    content = .whole(try? Value(json: beginning))
  }

  private static func rows(
    of bytes: Data, _ file: String, _ separator: Character
  ) throws -> [[String: String]] {
    guard let text = String(validating: bytes, as: UTF8.self),
      let table = try? CSV<Named>(
        string: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text,
        delimiter: .character(separator))
    else {
      Terminal.error(
        "'\(file)' is no table in UTF-8 with headings and '\(separator)' between columns")
      throw ExitStatus.badData.exit
    }
    return table.rows
  }

  /// The next document.
  /// - Returns: the document, nil inside where it is not JSON; nil at the end.
  mutating func next() throws -> (place: String, document: Value?)? {
    switch content {
    case .whole(let document):
      defer { number += 1 }
      return number == 0 ? (file, document) : nil
    case .lines(let first):
      number += 1
      if number == 1 { return ("\(file):1", first) }
      while let line = try lines.next(beforeWaiting: {}) {
        guard case .text(let json) = line else { return ("\(file):\(number)", nil) }
        if json.contains(where: { $0 > UInt8(ascii: " ") }) {
          return ("\(file):\(number)", try? Value(json: json))
        }
        number += 1
      }
      return nil
    case .rows(let rows):
      guard number < rows.count else { return nil }
      defer { number += 1 }
      // The headings stand on the first line.
      return (
        "\(file):\(number + 2)", .object(["row": .object(rows[number].mapValues(Value.string))])
      )
    }
  }
}
