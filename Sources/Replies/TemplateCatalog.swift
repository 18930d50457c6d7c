public import Commerce
public import Diagnostics
public import Dialogue
public import Language
public import Liquid

/// The templates of all locales: parsed once, proved to have no hole, rendered strictly.
///
/// A template is found by its place: `Templates/LOCALE/NAME.liquid`, and `NAME@CHANNEL.liquid`
/// where a channel wants its own wording. A name that begins with `_` is a part of others.
public struct TemplateCatalog: Sendable {
  /// A locale's templates and what goes with them.
  public struct Source: Sendable {
    let templates: [String: SourceText]
    let days: RelativeDays?

    /// Gathers a locale's templates.
    /// - Parameters:
    ///   - templates: the files by name, without `.liquid`.
    ///   - days: how days near today are named.
    public init(_ templates: [String: SourceText], days: RelativeDays? = nil) {
      self.templates = templates
      self.days = days
    }
  }

  /// The template that every reply is set in.
  public static let frame = "frame"

  private let templates: [LocaleTag: [String: Template]]
  let variables: ReplyVariables

  /// Parses and proves the templates.
  /// - Parameters:
  ///   - sources: the templates by locale.
  ///   - variables: what templates may name.
  ///   - uses: which templates are used, and what is certain then. Each must be there in every
  ///     locale, and each that is there must be among them.
  ///   - channels: the channels that variants may be for, each with the longest text that it takes
  ///     in characters, where it has a limit.
  ///   - isProved: whether these very templates have been proved before, and need only be parsed.
  /// - Throws: `InvalidFiles` with every fault of every template.
  public init(
    _ sources: [LocaleTag: Source], variables: ReplyVariables, uses: [TemplateUse],
    channels: [Channel: Int?], isProved: Bool = false
  ) throws(InvalidFiles) {
    self.variables = variables
    var found: [Diagnostic] = []
    var templates: [LocaleTag: [String: Template]] = [:]
    for (locale, source) in sources {
      let filters = FilterTable.localized(
        by: LocalCustoms(
          locale, zone: variables.calendar.zone, currency: variables.currency, days: source.days))
      for (name, text) in source.templates {
        do throws(InvalidFiles) {
          // The line end that editors put behind the last line is no part of a text.
          let content = text.text.hasSuffix("\n") ? String(text.text.dropLast()) : text.text
          templates[locale, default: [:]][name] = try Template(
            SourceText(file: text.file, text: content), filters: filters)
        } catch {
          found += error.diagnostics
        }
      }
    }
    self.templates = templates
    if isProved, found.isEmpty { return }
    let certain = Self.certain(in: uses)
    for (locale, byName) in templates {
      // What cannot be parsed cannot be followed either.
      guard byName.count == sources[locale]?.templates.count else { continue }
      let shape = variables.shape(in: locale)
      found += Self.faults(of: byName, in: locale, shape, certain, Set(channels.keys))
      found += Self.overlong(byName, channels)
    }
    found += Self.gaps(in: sources.mapValues(\.templates), uses)
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
  ///   - known: the values of its order, where they have been made.
  /// - Returns: the finished text.
  /// - Throws: `RenderError` where a value is missing or a limit is reached. There is no text then.
  public func render(
    _ plan: ReplyPlan, for occasion: Occasion, _ known: OrderValues? = nil
  ) throws(RenderError) -> Draft {
    var values = variables.values(for: plan, on: occasion, known)
    var bodies: [String] = []
    var branches: Set<BranchMark> = []
    for name in plan.templates {
      let (text, taken) = try render(name, in: plan.locale, on: occasion, values)
      bodies.append(text)
      branches.formUnion(taken)
    }
    values["body"] = .string(bodies.joined(separator: "\n\n"))
    let (text, taken) = try render(Self.frame, in: plan.locale, on: occasion, values)
    return Draft(
      text: text, templates: plan.templates, locale: plan.locale, branches: branches.union(taken))
  }

  /// The template of what a person reads who takes over.
  public static let summary = "agent_summary"

  /// Renders what a person reads who takes over, outside the frame of buyers' replies.
  /// - Parameters:
  ///   - plan: about what; its hand-off note is there.
  ///   - occasion: where and when.
  ///   - known: the values of its order, where they have been made.
  /// - Returns: the text.
  /// - Throws: `RenderError` where a value is missing or a limit is reached.
  public func summary(
    of plan: ReplyPlan, for occasion: Occasion, _ known: OrderValues? = nil
  ) throws(RenderError) -> String {
    let values = variables.values(for: plan, on: occasion, known)
    return try render(Self.summary, in: plan.locale, on: occasion, values).text
  }

  /// Every way that the templates of buyers' replies can go in a locale, and where it stands.
  /// - Parameter locale: the locale.
  /// - Returns: the ways, in the order of the templates' names.
  public func branches(in locale: LocaleTag) -> [(mark: BranchMark, location: SourceLocation)] {
    names(in: locale).filter { $0 != Self.summary }.flatMap { name in
      (templates[locale]?[name]).map { template in
        template.branches.map { ($0, template.location(of: $0)) }
      } ?? []
    }
  }

  /// Every way that a reply of one template can go on a channel, its parts and its frame with it.
  /// - Parameters:
  ///   - name: the template.
  ///   - locale: the locale.
  ///   - channel: the channel, which may have variants of its own.
  /// - Returns: the ways, some of which no order may lead to.
  public func branches(
    of name: String, in locale: LocaleTag, on channel: Channel
  ) -> Set<BranchMark> {
    var open = [name, Self.frame].compactMap { template($0, in: locale, on: channel) }
    var files: Set<String> = []
    var found: Set<BranchMark> = []
    while let template = open.popLast() {
      guard files.insert(template.file).inserted else { continue }
      found.formUnion(template.branches)
      open += template.partials.compactMap { templates[locale]?.partial($0.value) }
    }
    return found
  }

  private func template(
    _ name: String, in locale: LocaleTag, on channel: Channel
  ) -> Template? {
    templates[locale]?["\(name)@\(channel)"] ?? templates[locale]?[name]
  }

  private func render(
    _ name: String, in locale: LocaleTag, on occasion: Occasion, _ values: [String: Value]
  ) throws(RenderError) -> (text: String, branches: [BranchMark]) {
    guard let template = template(name, in: locale, on: occasion.channel) else {
      throw RenderError(
        at: SourceLocation(file: "Templates/\(locale)/\(name).liquid", line: 1, column: 1),
        .noTemplate(name))
    }
    let (text, branches) = try template.rendering(
      values, partials: { templates[locale]?.partial($0) }, undefined: .strict, now: occasion.moment
    )
    return (text.trimmingWhitespace(), branches)
  }

  /// What is certain in a template is what is certain in all its uses.
  private static func certain(in uses: [TemplateUse]) -> [String: Set<String>] {
    var certain: [String: Set<String>] = [:]
    for use in uses {
      // A path makes certain all that it goes through, which may be what another use has.
      let paths = use.certain.reduce(into: Set<String>()) { all, path in
        let names = path.split(separator: ".")
        all.formUnion(names.indices.map { names[...$0].joined(separator: ".") })
      }
      certain[use.template.value] = certain[use.template.value]?.intersection(paths) ?? paths
    }
    return certain
  }

  /// What could go wrong in the templates of a locale.
  private static func faults(
    of templates: [String: Template], in locale: LocaleTag, _ shape: [String: Shape.Member],
    _ certain: [String: Set<String>], _ channels: Set<Channel>
  ) -> [Diagnostic] {
    let rendered = Set(templates.values.flatMap { $0.partials.map(\.value) })
    return templates.flatMap { name, template -> [Diagnostic] in
      let unknown = template.partials.compactMap { partial -> Diagnostic? in
        if templates.partial(partial.value) != nil { return nil }
        return Diagnostic(
          code: "unknown-partial", at: partial.location,
          "there is no template '\(partial.value)' in Templates/\(locale)",
          remedy: nearest(
            to: partial.value, among: templates.keys.map { $0.trimmingPrefix("_").description }
          ).map { "did you mean '\($0)'?" })
      }
      let start = SourceLocation(file: template.file, line: 1, column: 1)
      let parts = name.split(separator: "@", maxSplits: 1)
      let base = parts.first.map(String.init) ?? name
      if name.hasPrefix("_") {
        // Parts are proved where they are rendered: there it is known what they are given.
        if rendered.contains(name) || rendered.contains(String(name.dropFirst())) { return unknown }
        return unknown + [unused(name, at: start)]
      }
      var shape = shape
      if base == frame { shape["body"] = .certain(.text) }
      var found = unknown
      if parts.count == 2, !channels.contains(where: { $0.description == parts[1] }) {
        found.append(
          Diagnostic(
            code: "unknown-channel", at: start, "'\(parts[1])' is no channel of odzew.yaml",
            remedy: nearest(to: String(parts[1]), among: channels.map(\.description))
              .map { "did you mean '\(base)@\($0)'?" }))
      }
      if base != frame, certain[base] == nil, !rendered.contains(base) {
        found.append(unused(name, at: start))
      }
      return found
        + template.holes(given: shape, certain: certain[base] ?? []) { templates.partial($0) }
        .map(withRemedy)
    }
  }

  /// A finding about a variable that the shop itself defines, with where to define it.
  private static func withRemedy(_ hole: Diagnostic) -> Diagnostic {
    guard hole.remedy == nil,
      let owner = ["facts", "seller"].first(where: { hole.message.contains("'\($0).") })
    else { return hole }
    return Diagnostic(
      hole.severity, code: hole.code, at: hole.location, hole.message,
      remedy: "write it under '\(owner):' of odzew.yaml")
  }

  /// Templates whose own words are more than a channel takes, whatever the values.
  private static func overlong(
    _ templates: [String: Template], _ channels: [Channel: Int?]
  ) -> [Diagnostic] {
    let lengths = templates.mapValues { $0.shortestText { templates.partial($0) } }
    return channels.sorted { $0.key.description < $1.key.description }.flatMap { channel, limit in
      guard let limit else { return [Diagnostic]() }
      let around = lengths["\(frame)@\(channel)"] ?? lengths[frame] ?? 0
      return templates.sorted { $0.key < $1.key }.compactMap { name, template in
        let parts = name.split(separator: "@", maxSplits: 1)
        let isForOthers = parts.count == 2 && parts[1] != channel.description
        let hasVariant = parts.count == 1 && templates["\(name)@\(channel)"] != nil
        guard !name.hasPrefix("_"), parts.first.map(String.init) != frame, !isForOthers,
          !hasVariant,
          let own = lengths[name], around + own > limit
        else { return nil }
        return Diagnostic(
          code: "too-long", at: SourceLocation(file: template.file, line: 1, column: 1),
          "the text has at least \(around + own) characters, and \(channel) takes \(limit)",
          remedy: "shorten it, or write a shorter \(name)@\(channel).liquid")
      }
    }
  }

  private static func unused(_ name: String, at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      code: "unused-template", at: place, "nothing uses the template '\(name)'",
      remedy: "name it in an intent's answers, or delete it")
  }

  /// Templates that are missing in a locale: because something asks for them, or because another
  /// locale has them.
  private static func gaps(
    in files: [LocaleTag: [String: SourceText]], _ uses: [TemplateUse]
  ) -> [Diagnostic] {
    files.keys.sorted().flatMap { locale -> [Diagnostic] in
      let names = Set((files[locale] ?? [:]).keys)
      let asked = uses.map(\.template).filter { !names.contains($0.value) }.map { name in
        Diagnostic(
          code: "missing-template", at: name.location,
          "there is no template '\(name.value)' in Templates/\(locale)",
          remedy: nearest(to: name.value, among: names).map { "did you mean '\($0)'?" }
            ?? "write Templates/\(locale)/\(name.value).liquid")
      }
      let askedNames = Set(uses.map(\.template.value))
      let others = files.filter { $0.key != locale }.flatMap { other, sources in
        sources.compactMap { name, source -> Diagnostic? in
          // Parts and variants are each locale's own affair.
          guard !names.contains(name), !askedNames.contains(name), !name.contains("@"),
            !name.hasPrefix("_")
          else { return nil }
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

extension [String: Template] {
  /// A template by the name by which others render it: `due` for `_due`.
  fileprivate func partial(_ name: String) -> Template? { self[name] ?? self["_" + name] }
}

extension String {
  /// The text without spaces and line ends at its ends, which templates leave easily.
  fileprivate func trimmingWhitespace() -> String {
    var rest = self[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
  }
}
