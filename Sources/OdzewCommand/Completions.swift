internal import ArgumentParser
internal import Diagnostics
internal import Foundation

/// What a shell offers where a word is missing: names of the bot folder that the line means.
///
/// A shell asks by running the program, so nothing here takes long, prints, or fails.
enum Completions {
  /// The systems that have an adapter.
  static var systems: CompletionKind {
    names { stems(in: $0.appending(path: "Adapters"), ending: "yaml") + [AdapterOptions.automatic] }
  }

  /// The languages that have templates.
  static var locales: CompletionKind {
    names { bot in
      entries(of: bot.appending(path: "Templates")).filter { locale in
        FileManager.default.fileExists(
          atPath: bot.appending(path: "Templates/\(locale)/days.yaml").path)
      }
    }
  }

  /// The channels in use.
  static var channels: CompletionKind {
    names { bot in
      settings(of: bot)?.optionalMapping("channels")?.entries.map(\.value) ?? []
    }
  }

  /// The numbers of the sample orders, or of the file that the line names with `--orders`.
  static var orderNumbers: CompletionKind {
    .custom { words, _, _ in
      guard let file = value(of: "--orders", in: words) ?? samples(words),
        let bytes = FileManager.default.contents(atPath: file),
        let orders = try? JSONSerialization.jsonObject(with: bytes) as? [[String: Any]]
      else { return [] }
      return orders.compactMap { $0["number"] as? String }
    }
  }

  private static func names(_ names: @escaping @Sendable (URL) -> [String]) -> CompletionKind {
    .custom { words, _, _ in bot(words).map(names)?.sorted() ?? [] }
  }

  private static func bot(_ words: [String]) -> URL? {
    BotOptions.folder(named: value(of: "--bot", in: words))
  }

  /// The word after an option.
  private static func value(of option: String, in words: [String]) -> String? {
    words.firstIndex(of: option).flatMap { words.dropFirst($0 + 1).first }
  }

  private static func settings(of bot: URL) -> YAMLMapping? {
    let file = bot.appending(path: "odzew.yaml").path
    return FileManager.default.contents(atPath: file).flatMap { bytes in
      YAMLReader(SourceText(file: file, text: String(decoding: bytes, as: UTF8.self))).root
    }
  }

  private static func samples(_ words: [String]) -> String? {
    guard let bot = bot(words),
      let file = settings(of: bot)?.optionalMapping("stores")?.optionalMapping("samples")?
        .optionalString("orders")
    else { return nil }
    return bot.appending(path: file.value).path
  }

  private static func entries(of folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  }

  private static func stems(in folder: URL, ending: String) -> [String] {
    entries(of: folder).filter { $0.hasSuffix(".\(ending)") }
      .map { String($0.dropLast(ending.count + 1)) }
  }
}
