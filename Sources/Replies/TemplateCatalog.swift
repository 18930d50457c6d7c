public import Commerce
public import Diagnostics
public import Dialogue
public import Language
public import Liquid

/// The templates of all locales: parsed once, checked against each other and against what they may
/// name, rendered strictly.
///
/// A template is found by its place: `Templates/LOCALE/NAME.liquid`, and `NAME@CHANNEL.liquid`
/// where a channel wants its own wording. A name that begins with `_` is a part of others.
public struct TemplateCatalog: Sendable {
  /// The template that every reply is set in.
  public static let frame = "frame"

  private let templates: [LocaleTag: [String: Template]]
  private let variables: ReplyVariables

  /// Parses and checks the templates.
  /// - Parameters:
  ///   - files: the files by locale and name, the name without `.liquid`.
  ///   - variables: what templates may name.
  ///   - required: the names that must be there in every locale, and where each is asked for.
  /// - Throws: `InvalidFiles` with every fault of every template.
  public init(
    _ files: [LocaleTag: [String: SourceText]], variables: ReplyVariables,
    required: [Located<String>]
  ) throws(InvalidFiles) {
    self.variables = variables
    var found: [Diagnostic] = []
    var templates: [LocaleTag: [String: Template]] = [:]
    for (locale, sources) in files {
      let filters = FilterTable.replies(in: locale, variables)
      for (name, source) in sources {
        do throws(InvalidFiles) {
          templates[locale, default: [:]][name] = try Template(source, filters: filters)
        } catch {
          found += error.diagnostics
        }
      }
    }
    self.templates = templates
    for (locale, byName) in templates {
      for (name, template) in byName {
        found += Self.faults(of: template, named: name, beside: byName, variables, locale)
      }
    }
    found += Self.gaps(in: files, required: required)
    if let error = InvalidFiles(found) { throw error }
  }

  /// The locales that can be answered in.
  public var locales: [LocaleTag] { templates.keys.sorted() }

  /// The names of the templates of a locale.
  /// - Parameter locale: the locale.
  /// - Returns: the names, sorted.
  public func names(in locale: LocaleTag) -> [String] { (templates[locale] ?? [:]).keys.sorted() }

  /// Renders a reply: its templates one after the other, set in the frame.
  /// - Parameters:
  ///   - plan: which templates, in which language, about what.
  ///   - occasion: where and when it goes.
  /// - Returns: the finished text.
  /// - Throws: `RenderError` where a value is missing or a limit is reached. There is no text then.
  public func render(_ plan: ReplyPlan, for occasion: Occasion) throws(RenderError) -> Draft {
    var values = variables.values(for: plan, on: occasion)
    var bodies: [String] = []
    for name in plan.templates {
      bodies.append(try render(name, in: plan.locale, on: occasion.channel, values))
    }
    values["body"] = .string(bodies.joined(separator: "\n\n"))
    let text = try render(Self.frame, in: plan.locale, on: occasion.channel, values)
    return Draft(text: text, templates: plan.templates, locale: plan.locale)
  }

  private func render(
    _ name: String, in locale: LocaleTag, on channel: Channel, _ values: [String: Value]
  ) throws(RenderError) -> String {
    let byName = templates[locale] ?? [:]
    guard let template = byName["\(name)@\(channel)"] ?? byName[name] else {
      throw RenderError(
        at: SourceLocation(file: "Templates/\(locale)/\(name).liquid", line: 1, column: 1),
        .noTemplate(name))
    }
    let text = try template.render(
      values, partials: { byName[$0] ?? byName["_" + $0] }, undefined: .strict)
    return text.trimmingWhitespace()
  }

  /// What a template names and does not exist.
  private static func faults(
    of template: Template, named name: String, beside others: [String: Template],
    _ variables: ReplyVariables, _ locale: LocaleTag
  ) -> [Diagnostic] {
    let partials = template.partials.compactMap { partial -> Diagnostic? in
      if others[partial.value] != nil || others["_" + partial.value] != nil { return nil }
      return Diagnostic(
        code: "unknown-partial", at: partial.location,
        "there is no template '\(partial.value)' in Templates/\(locale)",
        remedy: nearest(to: partial.value, among: others.keys).map { "did you mean '\($0)'?" })
    }
    // A partial is given its variables by the template that renders it.
    guard !name.hasPrefix("_") else { return partials }
    let unknown = template.variables.compactMap { variable -> Diagnostic? in
      let path = variable.path
      if variables.isKnown(path, inFrame: name.hasPrefix(frame)) { return nil }
      return Diagnostic(
        code: "unknown-variable", at: variable.location, "there is no variable '\(path)'",
        remedy: nearest(to: path, among: variables.knownPaths).map { "did you mean '\($0)'?" })
    }
    return partials + unknown
  }

  /// Templates that are missing in a locale: because something asks for them, or because another
  /// locale has them.
  private static func gaps(
    in files: [LocaleTag: [String: SourceText]], required: [Located<String>]
  ) -> [Diagnostic] {
    files.keys.sorted().flatMap { locale -> [Diagnostic] in
      let names = Set((files[locale] ?? [:]).keys)
      let asked = required.filter { !names.contains($0.value) }.map { name in
        Diagnostic(
          code: "missing-template", at: name.location,
          "there is no template '\(name.value)' in Templates/\(locale)",
          remedy: nearest(to: name.value, among: names).map { "did you mean '\($0)'?" }
            ?? "write Templates/\(locale)/\(name.value).liquid")
      }
      let askedNames = Set(required.map(\.value))
      let others = files.filter { $0.key != locale }.flatMap { other, sources in
        sources.compactMap { name, source -> Diagnostic? in
          guard !names.contains(name), !askedNames.contains(name), !name.contains("@") else {
            return nil
          }
          return Diagnostic(
            code: "missing-template", at: source.location(utf8Offset: 0),
            "'\(name)' exists in '\(other)' and is missing in '\(locale)'",
            remedy: "write Templates/\(locale)/\(name).liquid, or delete it everywhere")
        }
      }
      return asked + others
    }
  }
}

extension String {
  /// The text without spaces and line ends at its ends, which templates leave easily.
  fileprivate func trimmingWhitespace() -> String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
