import Commerce
import Diagnostics
import Foundation
import Language
import Policy

/// The packs that ship, read from the folder beside the tests.
enum Shipped {
  /// Read once: compiling all expressions takes longer than a review.
  private static let loaded = Result { try PolicyFilter(packs(), hints: hints()) }

  static func filter() throws -> PolicyFilter { try loaded.get() }

  static func packs() throws -> [PolicyPack] {
    try files().map { try PolicyPack($0) }
  }

  static func hints() throws -> [PolicyHints] {
    try files(in: "Hints").compactMap { file in
      let name = file.file.dropFirst("Hints/".count).dropLast(".yaml".count)
      return YAMLReader(file).root.flatMap { PolicyHints(reading: $0, named: String(name)) }
    }
  }

  static func files(in part: String = "Policies") throws -> [SourceText] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: part)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
      .map { name in
        SourceText(
          file: "\(part)/\(name)",
          text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
      }
  }
}

extension Occasion {
  /// A reply on a marketplace, or in the shop's own chat.
  static func reply(
    on channel: String, _ locale: String, limit: Int? = 2000, references: [String] = []
  ) -> Occasion {
    let isPlatform = ["allegro", "amazon", "kaufland", "emag"].contains(channel)
    return Occasion(
      channel: Channel(channel) ?? .chat, isPlatformMessage: isPlatform,
      locale: LocaleTag(locale), lengthLimit: limit, references: references,
      moment: Date(timeIntervalSince1970: 1_795_000_000))
  }
}

extension Ruling {
  var rules: Set<String> { Set(findings.map(\.rule)) }

  var left: String? { text?.text }

  var isBlocked: Bool { if case .blocked = self { true } else { false } }
}
