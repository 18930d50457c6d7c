internal import Evaluation
internal import Foundation
internal import Odzew

/// A conversation of a chat that becomes a case of the bot folder.
struct ChatCase {
  private let session: ChatSession

  init(_ session: ChatSession) { self.session = session }

  /// Writes the case and its golden transcript.
  /// - Parameter argument: `NAME`, with folders if there are any; `--force` behind it takes the place of
  ///   one that exists.
  /// - Returns: what was done.
  /// - Throws: `ChatRefusal` where it cannot be.
  func save(as argument: String?) throws -> String {
    var words = (argument ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    if words.count > 1, words[0] == "case" { words.removeFirst() }
    let isForced = words.contains("--force")
    words.removeAll { $0 == "--force" }
    guard words.count == 1, let name = name(words[0]) else {
      throw ChatRefusal(
        "name the case in letters, digits, '-', '_' and '/', as in '/save parcel_location/late'")
    }
    guard !session.recording.isEmpty else { throw ChatRefusal("nothing has been said yet") }
    let folder = try session.options.folder
    let place = folder.appending(path: "Cases/\(name)")
    let (file, golden) = (place.appendingPathExtension("yaml"), place.appendingPathExtension("txt"))
    if !isForced, FileManager.default.fileExists(atPath: file.path) {
      throw ChatRefusal(
        "Cases/\(name).yaml exists; choose another name, or replace it with "
          + "'/save \(words[0]) --force'")
    }
    let text = try header(of: name, in: folder) + yaml()
    let outcome = try run(text, named: name, in: folder)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
      try Data(outcome.transcript.utf8).write(to: golden, options: .atomic)
    } catch {
      throw ChatRefusal("Cases/\(name).yaml cannot be written: \(error.localizedDescription)")
    }
    let bot = session.options.bot.map { " --bot \($0)" } ?? ""
    return "saved as Cases/\(name).yaml and .txt; run it with 'odzew test \(name)\(bot)'"
      + (session.orders.areSamples || session.order == nil
        ? "" : "; it holds the order: replace what is a real buyer's before you share it")
      + (outcome.transcript == session.recording.transcript
        ? ""
        : "; mind that the case goes otherwise than this conversation, which knew more than a case can "
          + "hold: read both files")
  }

  /// A name below `Cases/`, with the language behind it by which pages put cases side by side.
  private func name(_ written: String) -> String? {
    let name = written.hasSuffix(".yaml") ? String(written.dropLast(5)) : written
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.hasPrefix(".")
        && part.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    }
    guard isPlain, name.utf8.count <= 200 else { return nil }
    let locale = session.last?.response.locale ?? session.locale ?? session.settings.locale
    let ending = name.split(separator: ".").last.map(String.init)
    return session.settings.locales.contains { $0.description == ending }
      ? name : "\(name).\(locale)"
  }

  /// The line by which editors know what may stand in the file.
  private func header(of name: String, in folder: URL) -> String {
    let schema = "Schemas/case.schema.json"
    guard FileManager.default.fileExists(atPath: folder.appending(path: schema).path) else {
      return ""
    }
    let up = String(repeating: "../", count: name.split(separator: "/").count)
    return "# yaml-language-server: $schema=\(up)\(schema)\n"
  }

  private func yaml() throws -> String {
    let order = try session.order.map { order in
      guard let text = try session.orders.caseText(of: order.number) else {
        throw ChatRefusal("the order '\(order.number)' is no longer in its file")
      }
      return text
    }
    return session.recording.yaml(about: order, in: session.settings.calendar.zone)
  }

  /// What the case says by itself, which is what `odzew test` will compare.
  private func run(
    _ text: String, named name: String, in folder: URL
  ) throws -> CaseRunner.Outcome {
    do {
      let bot = session.responder.bot
      let sample = try CaseFolder.read(text, named: name, clock: Date())
      return CaseRunner(
        session.responder, orders: try ChatOrders.samples(of: bot, in: folder)
      ).run(sample)
    } catch let faults as InvalidFiles {
      throw ChatRefusal("this conversation cannot be a case: \(faults)")
    }
  }
}
