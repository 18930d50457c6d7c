internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Liquid
internal import Odzew

/// A new bot folder in the making: written beside its place, proved there, and moved at the end, so that
/// nobody ever finds half of one.
struct StarterFolder {
  private let source: URL
  private let target: URL
  private let draft: URL

  /// How many files the folder has, and how many bytes.
  private(set) var files = 0
  private(set) var bytes = 0
  /// Cases that hold only of the shop they were written for.
  private(set) var foreignCases: [String] = []
  /// How many replies are held by golden texts.
  private(set) var replies = 0

  /// Prepares a folder.
  /// - Parameters:
  ///   - source: the bot folder that is started from.
  ///   - target: where the new one will be: nothing, or an empty folder.
  /// - Throws: the exit code, after saying what stands in the way.
  init(from source: URL, at target: URL) throws {
    self.source = source
    self.target = target.standardizedFileURL
    let parent = self.target.deletingLastPathComponent()
    draft = parent.appending(
      path: ".\(self.target.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    var isFolder: ObjCBool = false
    let path = target.relativePath
    if unsafe FileManager.default.fileExists(atPath: self.target.path, isDirectory: &isFolder) {
      let content = try? FileManager.default.contentsOfDirectory(atPath: self.target.path)
      guard isFolder.boolValue, let content else {
        throw Self.refusal("'\(path)' is no folder that can be read; name another")
      }
      guard content.isEmpty else {
        throw Self.refusal(
          "the folder '\(path)' holds \(count(content.count, "file")) already; "
            + "name an empty folder, or one that does not exist yet")
      }
    } else if !FileManager.default.fileExists(atPath: parent.path) {
      throw Self.refusal(
        "there is no folder '\(parent.relativePath)' to put '\(path)' in; make it first")
    }
  }

  private static func refusal(_ text: String) -> ExitCode {
    Terminal.error(text)
    return .validationFailure
  }

  /// Makes the folder.
  /// - Parameters:
  ///   - starter: what goes into it.
  ///   - now: the time of day.
  ///   - zone: the seller's time zone.
  /// - Throws: the exit code, after saying what went wrong; nothing is left behind then.
  mutating func make(_ starter: Starter, now: Date, zone: TimeZone) throws {
    defer { try? FileManager.default.removeItem(at: draft) }
    do {
      try write(starter, today: CalendarDay(of: now, in: zone))
      try prove()
      try move()
    } catch let error as InvalidFiles {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      Terminal.error(
        "with these answers the bot folder would not be sound: "
          + "\(count(error.diagnostics.count, "finding")); nothing was written. A name that reads as a "
          + "web address, such as 'mugs.com', is refused in messages of marketplaces")
      throw ExitStatus.badData.exit
    } catch let error as RenderError {
      Terminal.error("\(error); nothing was written")
      throw ExitStatus.badData.exit
    } catch let error as ExitCode {
      throw error
    } catch {
      Terminal.error("the folder cannot be written: \(error.localizedDescription)")
      throw ExitStatus.inputOutput.exit
    }
  }

  private mutating func write(_ starter: Starter, today: CalendarDay) throws {
    try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: false)
    for part in Starter.parts {
      for path in Self.files(below: part, of: source) where starter.takes(path) {
        // Not copied: what an installed program ships with may be read-only.
        let content = try Data(contentsOf: source.appending(path: path))
        guard let text = String(validating: content, as: UTF8.self) else {
          try write(content, to: path)
          continue
        }
        try write(Data(starter.adapted(text, at: path).utf8), to: path)
      }
    }
    // A folder that was made so has none of its own.
    let shipped = try BotOptions.parse([]).folder
    let writer =
      [source, shipped].first { !Self.files(below: Starter.folder, of: $0).isEmpty } ?? source
    let templates = Self.files(below: Starter.folder, of: writer).filter { $0.hasSuffix(".liquid") }
    for path in templates {
      let text = String(
        decoding: try Data(contentsOf: writer.appending(path: path)), as: UTF8.self)
      let name = path.dropFirst(Starter.folder.count + 1).dropLast(".liquid".count)
      let made = try starter.text(of: SourceText(file: path, text: text), today: today)
      try write(Data(made.utf8), to: String(name))
    }
  }

  private mutating func write(_ content: Data, to path: String) throws {
    let file = draft.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    files += 1
    bytes += content.count
  }

  /// The files of a part of a bot folder, itself where it is one.
  private static func files(below part: String, of folder: URL) -> [String] {
    func isFile(_ place: URL) -> Bool {
      (try? place.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }
    let whole = folder.appending(path: part)
    if isFile(whole) { return [part] }
    let below = (try? FileManager.default.subpathsOfDirectory(atPath: whole.path)) ?? []
    return below.sorted().filter { isFile(whole.appending(path: $0)) }.map { "\(part)/\($0)" }
  }

  /// Loads the new folder, which holds its replies against the policies, and accepts them as golden.
  ///
  /// Intents and words are not read again: nothing of them depends on the answers.
  private mutating func prove() throws {
    let bot = try BotCache.load(draft)
    let samples = bot.settings.samples
    let orders =
      try samples.map { try OrderFile(draft.appending(path: $0.orders).path).orders } ?? [:]
    let clock = samples?.now ?? Date()
    let collection = try CaseFolder(draft, clock: clock)
    for outcome in CaseRunner(Responder(bot), orders: orders).run(collection.cases) {
      if !outcome.failures.isEmpty {
        // What a case expects of times and marketplaces need not be so for another shop.
        foreignCases.append(outcome.sample.name)
        try FileManager.default.removeItem(
          at: draft.appending(path: "Cases/\(outcome.sample.name).yaml"))
        files -= 1
      } else {
        replies += 1
        if !outcome.sample.hasExpectations {
          try accept(outcome.transcript, "\(outcome.sample.name).txt")
        }
      }
    }
    let matrix = Matrix(of: bot, orders: orders, at: clock)
    replies += matrix.cells.count
    for locale in bot.settings.locales {
      try accept(matrix.transcript(in: locale), "matrix/\(locale).golden")
    }
  }

  private mutating func accept(_ text: String, _ name: String) throws {
    try write(Data(text.utf8), to: "Cases/\(name)")
  }

  /// Puts the folder in its place; into the empty one there, which may be somebody's current folder.
  private func move() throws {
    let manager = FileManager.default
    guard manager.fileExists(atPath: target.path) else {
      return try manager.moveItem(at: draft, to: target)
    }
    var moved: [URL] = []
    do {
      for name in try manager.contentsOfDirectory(atPath: draft.path).sorted() {
        let place = target.appending(path: name)
        try manager.moveItem(at: draft.appending(path: name), to: place)
        moved.append(place)
      }
    } catch {
      for place in moved { try? manager.removeItem(at: place) }
      throw error
    }
  }
}
