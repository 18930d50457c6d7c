internal import Foundation
internal import Liquid
internal import SwiftCSV

/// The documents of a file, one by one, each with its place: a JSON document, one a line, or the rows
/// of a table.
struct OrderDocuments: Sequence, IteratorProtocol {
  private enum Content {
    case whole(Data)
    case lines(Data)
    case rows([[String: String]])
  }

  private let file: String
  private let content: Content
  private let decoder = JSONDecoder()
  private var offset = 0
  private var number = 0

  /// Reads a file.
  /// - Parameters:
  ///   - file: its path; `-` for standard input.
  ///   - separator: what separates the columns, where it is a table.
  /// - Throws: the exit code, after saying what is wrong.
  init(_ file: String, table separator: Character?) throws {
    self.file = file == "-" ? "standard input" : file
    let bytes: Data
    do {
      bytes =
        file == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(filePath: file), options: .mappedIfSafe)
    } catch {
      Terminal.error("'\(file)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    if let separator {
      guard let text = String(validating: bytes, as: UTF8.self),
        let table = try? CSV<Named>(
          string: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text,
          delimiter: .character(separator))
      else {
        Terminal.error("'\(file)' is no table in UTF-8 with headings and '\(separator)' between columns")
        throw ExitStatus.badData.exit
      }
      content = .rows(table.rows)
      return
    }
    // One document a line, where the first line is one by itself.
    let first = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let isByLine =
      first.count < bytes.count && (try? decoder.decode(Value.self, from: first)) != nil
    content = isByLine ? .lines(bytes) : .whole(bytes)
  }

  /// The next document; nil inside where it is not JSON.
  mutating func next() -> (place: String, document: Value?)? {
    switch content {
    case .whole(let bytes):
      defer { number += 1 }
      return number == 0 ? (file, try? decoder.decode(Value.self, from: bytes)) : nil
    case .lines(let bytes):
      while offset < bytes.count {
        let rest = bytes[(bytes.startIndex + offset)...]
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        offset += line.count + 1
        number += 1
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
        return ("\(file):\(number)", try? decoder.decode(Value.self, from: line))
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
