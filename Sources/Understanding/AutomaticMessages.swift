public import Diagnostics
package import Language
internal import Patterns

/// What tells messages that no person wrote: out-of-office notes, delivery reports, carriers'
/// notices, other responders.
///
/// Answering them begins a talk of machines that never ends.
public struct AutomaticMessages: Sendable {
  private let table: KeywordTable

  /// Knows no such message.
  public init() { table = KeywordTableBuilder().table }

  /// Reads the phrases.
  /// - Parameter file: the mapping of `automatic.yaml`; faults go to its reader.
  public init(reading file: YAMLMapping) {
    var builder = KeywordTableBuilder()
    if let list = file.mapping("phrases") {
      for locale in list.entries {
        for phrase in list.strings(locale.value) {
          do throws(KeywordError) {
            try builder.insert(Folding.keyword(phrase.value), value: 0)
          } catch {
            list.report(
              "invalid-keyword", at: phrase.location,
              "'\(phrase.value)' cannot be a phrase: \(error.message)")
          }
        }
      }
    }
    table = builder.table
    file.finish()
  }

  /// Whether a machine wrote a message.
  /// - Parameters:
  ///   - text: the message.
  ///   - marks: how quoted mail begins: what is quoted counts for nothing. What a mail program puts
  ///     at the end counts, for machines sign so.
  /// - Returns: whether one of the phrases stands in it.
  /// - Complexity: O(n) in the text's length.
  package func contains(_ text: String, quoting marks: QuotationMarks) -> Bool {
    var marks = marks
    marks.footers = []
    let bytes = Array(text.utf8)
    var own: [UInt8] = []
    var start = 0
    for range in Quotation.aside(in: text, by: marks) {
      own += bytes[start..<max(start, range.lowerBound)]
      start = range.upperBound
    }
    own += bytes[min(start, bytes.count)...]
    var isOne = false
    let folded = Folding.fold(String(decoding: own, as: UTF8.self))
    table.forEachMatch(in: folded.bytes.span) { _, _ in isOne = true }
    return isOne
  }
}
