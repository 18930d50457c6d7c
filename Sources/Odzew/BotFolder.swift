internal import Commerce
public import Diagnostics
internal import Dialogue
public import Foundation
internal import Language
internal import Liquid
internal import Patterns
internal import Policy
internal import Replies
internal import Understanding

extension Bot {
  /// Reads and compiles a bot folder.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - texts: what to read in place of what some files say, by their paths.
  /// - Returns: the bot.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  public static func load(
    from folder: URL, with texts: [String: String] = [:]
  ) throws(InvalidFiles) -> Bot {
    try BotFolder.load(folder, with: texts) { $0.bot() }
  }

  /// What is wrong with each file of a bot folder by itself, without compiling anything.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - texts: what to read in place of what some files say, by their paths.
  /// - Returns: the findings, in no particular order.
  package static func faults(
    ofFilesIn folder: URL, with texts: [String: String]
  ) -> [Diagnostic] {
    var reader = BotFolder(folder, with: texts)
    let files = reader.files()
    _ = reader.templates(in: files.settings?.locales ?? [])
    return reader.found
  }

  /// Reads and compiles a bot folder, with what is kept of it.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - tables: what this very program has made of the same files, which saves most of the work;
  ///     what is damaged is made anew.
  /// - Returns: the bot, and what is to be kept of it; nil where what was given is right.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  public static func load(
    from folder: URL, tables: Data?
  ) throws(InvalidFiles) -> (bot: Bot, tables: Data?) {
    try BotFolder.load(folder) { reader in
      reader.tables = tables.flatMap { try? TableArchive.Reader(Array($0)) }
      reader.takeDocuments()
      guard let bot = reader.bot() else { return nil }
      return (bot, reader.tables == nil ? reader.keep(bot) : nil)
    }
  }
}

extension PolicyDesk {
  /// Reads the settings and policy packs of a bot folder, and nothing else of it.
  /// - Parameter folder: the folder with `odzew.yaml`.
  /// - Returns: the desk.
  /// - Throws: `InvalidFiles` with everything that is wrong in these files.
  public static func load(from folder: URL) throws(InvalidFiles) -> PolicyDesk {
    try BotFolder.load(folder) { $0.policyDesk() }
  }
}

extension Settings {
  /// Reads the settings of a bot folder, its countries and deadlines, and nothing else of it.
  /// - Parameter folder: the folder with `odzew.yaml`.
  /// - Returns: the settings.
  /// - Throws: `InvalidFiles` with everything that is wrong in these files.
  package static func load(from folder: URL) throws(InvalidFiles) -> Settings {
    try BotFolder.load(folder) { reader in
      reader.settings().flatMap { settings in reader.isSound ? settings : nil }
    }
  }
}

/// Reads one folder and gathers everything that is wrong with it.
private struct BotFolder {
  let folder: URL
  /// What is read in place of what some files say.
  private let texts: [String: String]
  var found: [Diagnostic] = []
  /// What was made of the same files before; nil where there is none, or it is damaged.
  var tables: TableArchive.Reader?
  /// The files as they were parsed, before or now.
  private var documents: [String: YAMLDocument] = [:]

  init(_ folder: URL, with texts: [String: String] = [:]) {
    self.folder = folder
    self.texts = texts
  }

  /// Whether nothing that was read so far is wrong.
  var isSound: Bool { !found.contains { $0.severity == .error } }

  /// Makes something of a folder, or says everything that is wrong with it.
  static func load<Content>(
    _ folder: URL, with texts: [String: String] = [:], _ make: (inout BotFolder) -> Content?
  ) throws(InvalidFiles) -> Content {
    var reader = BotFolder(folder, with: texts)
    if let content = make(&reader) { return content }
    throw InvalidFiles(reader.found)
      ?? InvalidFiles(
        Diagnostic(
          code: "unreadable-bot", at: SourceLocation(file: "odzew.yaml", line: 1, column: 1),
          "the bot folder cannot be used"))
  }

  /// Takes up the files that were parsed before.
  mutating func takeDocuments() {
    guard var archive = tables else { return }
    do throws(TableArchive.Damaged) {
      for name in try archive.lists() {
        let nodes = try archive.table(of: YAMLDocument.Node.self)
        documents[String(decoding: name, as: UTF8.self)] = YAMLDocument(
          nodes: nodes, texts: try archive.table())
      }
      tables = archive
    } catch {
      tables = nil
      documents = [:]
    }
  }

  /// What takes longest to make.
  func keep(_ bot: Bot) -> Data {
    var archive = TableArchive()
    let sorted = documents.sorted { $0.key < $1.key }
    archive.add(sorted.map { Array($0.key.utf8) })
    for (_, document) in sorted {
      archive.add(document.nodes)
      archive.add(document.texts)
    }
    bot.filter.write(to: &archive)
    bot.classifier.write(to: &archive)
    archive.seal()
    return Data(archive.bytes)
  }

  /// What stands in the files, but for templates.
  struct Files {
    let settings: Settings?
    let carriers: CarrierFile?
    let lexicons: [Lexicon]
    let intents: [(intent: Intent, table: AnswerTable)]
    let automatic: AutomaticMessages?
    let reasons: Reasons
    let packs: [PolicyPack]
  }

  mutating func files() -> Files {
    let settings = self.settings()
    let carriers = read("carriers.yaml") { CarrierFile(reading: $0) }
    let lexicons = readAll("Concepts") { Lexicon(reading: $0, named: $1) }
    let queues = Set((settings?.queues ?? [:]).keys)
    let deadlines = Set(settings?.deadlines.ids ?? [])
    let intents = readAll("Intents") { file, name in
      let intent = Intent(reading: file, named: name)
      let table = AnswerTable(reading: file, queues: queues, deadlines: deadlines)
      file.finish()
      return intent.map { (intent: $0, table: table) }
    }
    let automatic = read("automatic.yaml") { AutomaticMessages(reading: $0) }
    let reasons = self.reasons(Set(intents.map(\.intent.id.description)))
    return Files(
      settings: settings, carriers: carriers, lexicons: lexicons, intents: intents,
      automatic: automatic, reasons: reasons, packs: policyPacks())
  }

  mutating func bot() -> Bot? {
    let files = self.files()
    let intents = files.intents
    guard let settings = files.settings, let carriers = files.carriers else { return nil }
    let variables = ReplyVariables(
      seller: settings.seller, facts: settings.facts, carriers: carriers.carriers,
      calendar: settings.calendar, currency: settings.currency)
    let templates = templates(in: settings.locales)
    let isWhole = !found.contains { $0.severity == .error }
    let catalog = attempt { () throws(InvalidFiles) in
      try TemplateCatalog(
        templates, variables: variables, uses: Self.uses(intents.map(\.table)),
        channels: Dictionary(
          uniqueKeysWithValues: Set(settings.channels.keys).union(settings.marketplaces)
            .union([.chat]).map { ($0, settings.channels[$0]?.lengthLimit) }))
    }
    // What is used where, and what is certain there, is not known while a row cannot be read.
    if !isWhole { found.removeAll { ["unused-template", "uncertain-value"].contains($0.code) } }
    var tables = self.tables
    let filter = attempt { () throws(InvalidFiles) in
      try PolicyFilter(
        files.packs, settings: settings.policies, countries: settings.countries, tables: &tables)
    }
    self.tables = tables
    let classifier = classifier(
      intents.map(\.intent), files.lexicons, settings.orderNumberForms, carriers.numberForms)
    guard let catalog, let filter, let classifier,
      !found.contains(where: { $0.severity == .error })
    else { return nil }
    guard let standing = standingReplies(settings, catalog, filter) else { return nil }
    var labels: [LocaleTag: [IntentID: String]] = [:]
    for (intent, _) in intents {
      for locale in settings.locales {
        labels[locale, default: [:]][intent.id] = intent.label(in: locale)
      }
    }
    let handling = Handling(
      tables: Dictionary(
        intents.map { ($0.intent.id, $0.table) }, uniquingKeysWith: { first, _ in first }),
      labels: labels,
      escalations: EscalationRules(
        queues: settings.queues, assignments: settings.escalations,
        deadlines: settings.deadlines, countries: settings.countries,
        calendar: settings.calendar),
      calendar: settings.calendar)
    let bot = Bot(
      settings: settings, classifier: classifier, intents: intents.map(\.intent),
      handling: handling,
      automatic: files.automatic ?? AutomaticMessages(), reasons: files.reasons,
      catalog: catalog,
      filter: filter, labels: labels, standing: standing)
    // Tables are kept of bots that have passed.
    return tables != nil || isProved(bot) ? bot : nil
  }

  /// Whether the policies let every branch of every template pass that a sample order leads through.
  private mutating func isProved(_ bot: Bot) -> Bool {
    var orders: [OrderNumber: Order] = [:]
    // A bot that answers buyers needs no samples: without them the texts are proved that need no order.
    if let samples = bot.settings.samples,
      let bytes = try? Data(contentsOf: folder.appending(path: samples.orders))
    {
      orders =
        attempt { () throws(InvalidFiles) in
          try OrderList(bytes, named: samples.orders).orders
        } ?? [:]
    }
    found +=
      PolicyProof(
        of: bot, orders: orders.values, at: bot.settings.samples?.now ?? .distantPast
      ).findings
    return !found.contains { $0.severity == .error }
  }

  /// The settings, with the countries that buyers live in.
  mutating func settings() -> Settings? {
    var settings = read("odzew.yaml") { Settings(reading: $0) }
    if let countries = read("countries.yaml", { Countries(reading: $0) }) {
      settings?.countries = countries
      if let deadlines = read("deadlines.yaml", { Deadlines(reading: $0, countries) }) {
        settings?.deadlines = deadlines
        for channel in (settings?.channels ?? [:]).values {
          guard let named = channel.answerDeadline, deadlines[named.value] == nil else { continue }
          found.append(
            Diagnostic(
              code: "unknown-deadline", at: named.location,
              "'\(named.value)' is no deadline of deadlines.yaml",
              remedy: nearest(to: named.value, among: deadlines.ids).map {
                "did you mean '\($0)'?"
              }))
        }
      }
    }
    return settings
  }

  /// The reasons of reports; a folder without the file has none.
  private mutating func reasons(_ intents: Set<String>) -> Reasons {
    let file = "reasons.yaml"
    guard FileManager.default.fileExists(atPath: folder.appending(path: file).path),
      let reasons = read(file, { Reasons(reading: $0) })
    else { return Reasons() }
    for named in reasons.intents + reasons.all.flatMap(\.intents)
    where !intents.contains(named.value) {
      found.append(
        Diagnostic(
          code: "unknown-intent", at: named.location, "'\(named.value)' is no intent of Intents/",
          remedy: nearest(to: named.value, among: intents.sorted()).map { "did you mean '\($0)'?" })
      )
    }
    return reasons
  }

  mutating func policyDesk() -> PolicyDesk? {
    let settings = self.settings()
    let packs = policyPacks()
    let filter = attempt { () throws(InvalidFiles) in
      try PolicyFilter(
        packs, settings: settings?.policies ?? [], countries: settings?.countries ?? Countries())
    }
    guard let settings, let filter, !found.contains(where: { $0.severity == .error }) else {
      return nil
    }
    return PolicyDesk(settings: settings, filter: filter)
  }

  /// Which templates are used, and what is certain then.
  private static func uses(_ tables: [AnswerTable]) -> [TemplateUse] {
    let place = SourceLocation(file: "Templates", line: 1, column: 1)
    let system = Handling.SystemTemplate.allCases.map { template in
      TemplateUse(Located(template.rawValue, at: place), certain: template.certain)
    }
    let notices = Notice.allCases.map { notice in
      TemplateUse(Located(notice.template, at: place), certain: ["order"])
    }
    let fixed = [TemplateCatalog.frame, Bot.standingTemplate, Bot.welcomeTemplate].map { name in
      TemplateUse(Located(name, at: place), certain: [])
    }
    let summary = TemplateUse(
      Located(TemplateCatalog.summary, at: place), certain: ["handoff", "escalation.due"])
    let answers = tables.flatMap { table in
      table.rows.map { row in
        var certain = row.states.reduce(into: Set<String>()) {
          $0.formUnion(TemplateUse.certain(where: $1))
        }
        if table.needsOrder { certain.insert("order") }
        if row.isHandOff { certain.insert("escalation.due") }
        return TemplateUse(row.template, certain: certain)
      }
    }
    return system + notices + fixed + [summary] + answers
  }

  private mutating func classifier(
    _ intents: [Intent], _ lexicons: [Lexicon], _ orders: [NumberForm], _ parcels: [NumberForm]
  ) -> Classifier? {
    guard let finder = try? EntityFinder(orderNumbers: orders, trackingNumbers: parcels) else {
      return nil
    }
    var tables = self.tables
    defer { self.tables = tables }
    return attempt { () throws(InvalidFiles) in
      try Classifier(
        intents, lexicons: lexicons, entityFinder: finder, tables: &tables)
    }
  }

  private mutating func policyPacks() -> [PolicyPack] {
    readFiles("Policies") { reader, _ in
      Result { () throws(InvalidFiles) in try PolicyPack(reader) }
    }.compactMap { pack in attempt { () throws(InvalidFiles) in try pack.get() } }
  }

  mutating func templates(in locales: [LocaleTag]) -> [LocaleTag: TemplateCatalog.Source] {
    var templates: [LocaleTag: TemplateCatalog.Source] = [:]
    for locale in locales {
      let sources = files(in: "Templates/\(locale)", ending: "liquid")
      templates[locale] = TemplateCatalog.Source(
        Dictionary(sources.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first }),
        days: read("Templates/\(locale)/days.yaml") { RelativeDays(reading: $0) })
    }
    return templates
  }

  /// Renders and reviews the standing reply for every locale and channel.
  private mutating func standingReplies(
    _ settings: Settings, _ catalog: TemplateCatalog, _ filter: PolicyFilter
  ) -> Bot.StandingReplies? {
    // The clock does not matter: a standing reply names no time.
    let moment = Date(timeIntervalSince1970: 0)
    var texts: [LocaleTag: [Channel: ApprovedText]] = [:]
    var elsewhere: [LocaleTag: ApprovedText] = [:]
    for locale in settings.locales {
      func approved(_ channel: Channel, isPlatform: Bool) -> ApprovedText? {
        let occasion = Occasion(
          channel: channel, isPlatformMessage: isPlatform, locale: locale,
          lengthLimit: settings.channels[channel]?.lengthLimit, moment: moment)
        let plan = ReplyPlan([Bot.standingTemplate], locale: locale)
        let place = SourceLocation(
          file: "Templates/\(locale)/\(Bot.standingTemplate).liquid", line: 1, column: 1)
        do throws(RenderError) {
          let draft = try catalog.render(plan, for: occasion)
          if case .passed(let text, _) = filter.review(draft.text, for: occasion) { return text }
          found.append(
            Diagnostic(
              code: "standing-reply-blocked", at: place,
              "the standing reply does not pass the policies of channel '\(channel)'",
              remedy: "rewrite it: it must be right in every situation"))
        } catch {
          found.append(
            Diagnostic(
              code: "standing-reply-incomplete", at: place,
              "the standing reply cannot be rendered: \(error)",
              remedy: "name nothing but seller.name in it"))
        }
        return nil
      }
      let channels = Set(settings.channels.keys).union(settings.marketplaces).union([.chat])
      for channel in channels.sorted(using: KeyPathComparator(\.description)) {
        texts[locale, default: [:]][channel] = approved(
          channel, isPlatform: settings.marketplaces.contains(channel))
      }
      elsewhere[locale] = approved(.elsewhere, isPlatform: true)
    }
    guard let lastResort = elsewhere[settings.locale],
      !found.contains(where: { $0.severity == .error })
    else { return nil }
    return Bot.StandingReplies(texts: texts, elsewhere: elsewhere, lastResort: lastResort)
  }

  // Files, and what is wrong with them.

  private mutating func read<Content>(
    _ name: String, _ make: (YAMLMapping) -> Content?
  ) -> Content? {
    guard let source = source(name) else { return nil }
    return parse(source, make)
  }

  private mutating func readAll<Content: Sendable>(
    _ directory: String, _ make: @Sendable (YAMLMapping, String) -> Content?
  ) -> [Content] {
    readFiles(directory) { reader, name in
      (reader.root.flatMap { make($0, name) }, reader.diagnostics)
    }.compactMap { content, diagnostics in
      found += diagnostics
      return content
    }
  }

  private mutating func readFiles<Content: Sendable>(
    _ directory: String, _ make: @Sendable (YAMLReader, String) -> Content
  ) -> [Content] {
    let kept = documents
    let read = files(in: directory, ending: "yaml").concurrentMap { file in
      let reader = YAMLReader(file.text, kept: kept[file.text.file])
      return (content: make(reader, file.name), file: file.text.file, document: reader.document)
    }
    for file in read { documents[file.file] = file.document }
    return read.map(\.content)
  }

  private mutating func parse<Content>(
    _ source: SourceText, _ make: (YAMLMapping) -> Content?
  ) -> Content? {
    let reader = YAMLReader(source, kept: documents[source.file])
    documents[source.file] = reader.document
    let content = reader.root.flatMap(make)
    found += reader.diagnostics
    return content
  }

  private mutating func attempt<Content>(
    _ make: () throws(InvalidFiles) -> Content
  ) -> Content? {
    do throws(InvalidFiles) {
      return try make()
    } catch {
      found += error.diagnostics
      return nil
    }
  }

  private mutating func files(in directory: String, ending: String) -> [(
    name: String, text: SourceText
  )] {
    let path = folder.appending(path: directory).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let wanted = names.sorted().filter { $0.hasSuffix("." + ending) && !$0.hasPrefix(".") }
    if wanted.isEmpty {
      found.append(
        Diagnostic(
          code: "missing-file", at: SourceLocation(file: directory, line: 1, column: 1),
          "there is no .\(ending) file in this folder",
          remedy: "is this the right bot folder?"))
    }
    return wanted.compactMap { name in
      source("\(directory)/\(name)").map { (String(name.dropLast(ending.count + 1)), $0) }
    }
  }

  private mutating func source(_ name: String) -> SourceText? {
    func fail(_ code: String, _ message: String, _ remedy: String) -> SourceText? {
      found.append(
        Diagnostic(
          code: code, at: SourceLocation(file: name, line: 1, column: 1), message, remedy: remedy))
      return nil
    }
    if let text = texts[name] { return SourceText(file: name, text: text) }
    guard let bytes = try? Data(contentsOf: folder.appending(path: name)) else {
      return fail("missing-file", "the file is missing", "is this the right bot folder?")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return fail("invalid-utf8", "the file is not UTF-8", "save it as UTF-8")
    }
    return SourceText(file: name, text: text)
  }
}
