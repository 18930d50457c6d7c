internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Language
internal import Liquid
internal import Odzew
internal import Replies

/// One template with data of one's own.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Renders one Liquid template.",
    discussion: """
      Writes the text on stdout and nothing else. Without '--strict' a value that is not there \
      prints as nothing, as in the reference; with it, it is an error, as in replies. With \
      '--locale' the filters of replies are there too: money, plural, relative_date, ….

      Examples:
        odzew render reply.liquid --data order.json
        echo '{{ 5 | plural: one: "day", other: "days" }}' | odzew render - --locale en
      """)

  @Argument(
    help: ArgumentHelp("The template; '-' reads it from stdin.", valueName: "template"),
    completion: .file(extensions: ["liquid"]))
  var template: String

  @Option(
    help: ArgumentHelp("A JSON object: the template's variables by name.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The folder of templates that it may render: NAME.liquid, or _NAME.liquid.", valueName: "dir"),
    completion: .directory)
  var templates: String?

  @Option(
    help: ArgumentHelp("The locale to write in (BCP 47).", valueName: "tag"),
    completion: Completions.locales,
    transform: { text in
      guard let tag = LocaleTag(text) else {
        throw ValidationError("'\(text)' is not a language tag such as 'pl' or 'de-AT'")
      }
      return tag
    })
  var locale: LocaleTag?

  @Flag(help: "A value that is not there is an error.")
  var strict = false

  @Option(
    help: ArgumentHelp("A fixed clock (RFC 3339) instead of the time of day.", valueName: "time"),
    transform: BotOptions.moment)
  var now: Date?

  func run() throws {
    let filters =
      locale.map { locale in
        FilterTable.localized(
          by: LocalCustoms(locale, zone: .current, days: relativeDays(in: locale)))
      } ?? .standard
    let source = SourceText(
      file: template == "-" ? "stdin" : template, text: try text(at: template))
    let variables = try variables()
    let partials = try partials(filters)
    do {
      let text = try Template(source, filters: filters).render(
        variables, partials: { try? partials[$0]?.get() },
        undefined: strict ? .strict : .lenient, now: now ?? Date())
      try Terminal.write(Data(text.utf8))
    } catch let error as InvalidFiles {
      throw badData(error.diagnostics.map(\.description))
    } catch let error as RenderError {
      if case .noTemplate(let name) = error.kind, case .failure(let faults)? = partials[name] {
        throw badData(faults.diagnostics.map(\.description))
      }
      throw badData([error.description])
    }
  }

  /// Says what is wrong with the template.
  private func badData(_ faults: [String]) -> ExitCode {
    for fault in faults { Terminal.note(fault) }
    return ExitStatus.badData.exit
  }

  private func text(at path: String) throws -> String {
    let bytes =
      path == "-"
      ? try? FileHandle.standardInput.readToEnd() ?? Data()
      : FileManager.default.contents(atPath: path)
    guard let bytes else {
      Terminal.error("'\(path)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      Terminal.note("\(path):1:1: error: the file is not UTF-8; save it as UTF-8")
      throw ExitStatus.badData.exit
    }
    return text
  }

  private func variables() throws -> [String: Value] {
    guard let data else { return [:] }
    do {
      return try JSONDecoder().decode([String: Value].self, from: Data(try text(at: data).utf8))
    } catch is DecodingError {
      Terminal.note("\(data):1:1: error: this is not a JSON object of variables")
      throw ExitStatus.badData.exit
    }
  }

  /// All templates of the folder by name: read beforehand, so that no template can name a file
  /// elsewhere.
  ///
  /// One that is invalid matters only where it is rendered.
  private func partials(_ filters: FilterTable) throws -> [String: Result<Template, InvalidFiles>] {
    guard let templates else { return [:] }
    guard let names = FileManager.default.subpaths(atPath: templates) else {
      Terminal.error("the folder '\(templates)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    var partials: [String: Result<Template, InvalidFiles>] = [:]
    for file in names.sorted() where file.hasSuffix(".liquid") {
      let path = "\(templates)/\(file)"
      let source = SourceText(file: path, text: try text(at: path))
      let parsed = Result { () throws(InvalidFiles) in try Template(source, filters: filters) }
      let name = file.dropLast(".liquid".count)
      partials[String(name)] = parsed
      if let base = name.split(separator: "/").last, base.hasPrefix("_") {
        partials["\(name.dropLast(base.count))\(base.dropFirst())"] = parsed
      }
    }
    return partials
  }

  /// The words of the shipped bot for days near today, if it has the locale.
  private func relativeDays(in locale: LocaleTag) -> RelativeDays? {
    guard let path = BotOptions.folder(named: nil)?.appending(path: "Templates") else { return nil }
    for tag in locale.fallbacks {
      let file = path.appending(path: "\(tag)/days.yaml").path
      if let bytes = FileManager.default.contents(atPath: file) {
        let reader = YAMLReader(
          SourceText(file: file, text: String(decoding: bytes, as: UTF8.self)))
        return reader.root.flatMap(RelativeDays.init)
      }
    }
    return nil
  }
}
