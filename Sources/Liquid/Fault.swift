internal import Diagnostics

/// Something wrong with a template, before anybody asks for its line and column.
struct Fault {
  let code: String
  let at: Int
  let message: String
  let remedy: String?
}

extension SourceText {
  /// The faults as findings, in the order of their places.
  func diagnostics(of faults: [Fault]) -> [Diagnostic] {
    let sorted = faults.sorted { $0.at < $1.at }
    return zip(sorted, locations(of: sorted.map(\.at))).map { fault, location in
      Diagnostic(code: fault.code, at: location, fault.message, remedy: fault.remedy)
    }
  }

  /// The places of bytes in ascending order, all found in one walk through the text.
  func locations(of offsets: [Int]) -> [SourceLocation] {
    var (line, column) = (1, 1)
    var place = text.startIndex
    return offsets.map { offset in
      let end =
        text.utf8.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex)
        ?? text.endIndex
      let passed = text[place..<end]
      let ends = passed.utf8.indices.filter { passed.utf8[$0] == UInt8(ascii: "\n") }
      if let last = ends.last {
        line += ends.count
        column = 1 + passed[passed.utf8.index(after: last)...].count
      } else {
        column += passed.count
      }
      place = end
      return SourceLocation(file: file, line: line, column: column)
    }
  }
}
