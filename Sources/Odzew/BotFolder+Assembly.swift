internal import Commerce
internal import Diagnostics
internal import Dialogue
internal import Foundation
internal import Language
internal import Liquid
internal import Patterns
internal import Policy
internal import Replies
internal import Understanding

/// How a bot is put together from its files.
extension BotFolder {
  /// What stands in the files.
  struct Files: Sendable {
    let settings: Settings?
    let carriers: CarrierFile?
    let lexicons: [Lexicon]
    let hints: [Hints]
    let policyHints: [PolicyHints]
    let intents: [(intent: Intent, table: AnswerTable)]
    let automatic: AutomaticMessages?
    let reasons: Reasons
    let packs: [PolicyPack]
    let templates: [LocaleTag: TemplateCatalog.Source]
  }

  mutating func files() -> Files {
    let settings = self.settings()
    let carriers = read("carriers.yaml") { CarrierFile(reading: $0) }
    // What the settings fail to say is their fault, and not that of files which count on it.
    let settled = isSound ? settings : nil
    let queues = settled.map { Set($0.queues.keys) }
    let deadlines = settled.map { Set($0.deadlines.ids) }
    let (meanings, texts) = readConcurrently { folder in
      let lexicons = folder.readAll("Concepts") { Lexicon(reading: $0, named: $1) }
      let hints = folder.hints { file, name in
        let hints = Hints(reading: file, named: name)
        let policyHints = PolicyHints(reading: file, named: name)
        file.finish()
        return (intents: hints, policies: policyHints)
      }
      let intents = folder.readAll("Intents") { file, name in
        let intent = Intent(reading: file, named: name)
        let table = AnswerTable(reading: file, queues: queues, deadlines: deadlines)
        file.finish()
        return intent.map { (intent: $0, table: table) }
      }
      return (lexicons: lexicons, hints: hints, intents: intents)
    } _: { folder in
      let automatic = folder.read("automatic.yaml") { AutomaticMessages(reading: $0) }
      let reasons = folder.reasons()
      let packs = folder.policyPacks()
      let templates = folder.templates(in: settings?.locales ?? [])
      return (automatic: automatic, reasons: reasons, packs: packs, templates: templates)
    }
    checkIntents(of: texts.reasons, in: Set(meanings.intents.map(\.intent.id.description)))
    return Files(
      settings: settings, carriers: carriers, lexicons: meanings.lexicons,
      hints: meanings.hints.compactMap(\.intents),
      policyHints: meanings.hints.compactMap(\.policies), intents: meanings.intents,
      automatic: texts.automatic, reasons: texts.reasons, packs: texts.packs,
      templates: texts.templates)
  }

  mutating func bot() -> Bot? {
    let files = self.files()
    let intents = files.intents
    guard let settings = files.settings, let carriers = files.carriers else { return nil }
    let variables = ReplyVariables(
      seller: settings.seller, facts: settings.facts, carriers: carriers.carriers,
      calendar: settings.calendar, currency: settings.currency)
    let isWhole = isSound
    let wasProved = tables != nil
    // Tables lie in the archive one after another, so that what has some waits for what has them before it.
    let kept = tables
    let (replies, policies) = concurrently {
      Result { () throws(InvalidFiles) in
        try TemplateCatalog(
          files.templates, variables: variables, uses: Self.uses(intents.map(\.table)),
          channels: Dictionary(
            uniqueKeysWithValues: settings.knownChannels.map {
              ($0, settings.channels[$0]?.lengthLimit)
            }), isProved: wasProved)
      }
    } _: {
      var tables = kept
      let filter = Result { () throws(InvalidFiles) in
        try PolicyFilter(
          files.packs, hints: files.policyHints, settings: settings.policies,
          countries: settings.countries, tables: &tables)
      }
      return (filter: filter, tables: tables)
    }
    let catalog = attempt { () throws(InvalidFiles) in try replies.get() }
    // What is used where, and what is certain there, is not known while a row cannot be read.
    if !isWhole { found.removeAll { ["unused-template", "uncertain-value"].contains($0.code) } }
    let filter = policyFilter(policies.filter)
    let isSoundSoFar = isSound
    let (rules, standingReplies) = concurrently {
      var tables = policies.tables
      let classifier = Result { () throws(InvalidFiles) in
        try Self.classifier(files, settings, carriers, &tables)
      }
      return (classifier: classifier, tables: tables)
    } _: { () -> Result<Bot.StandingReplies, InvalidFiles>? in
      guard let catalog, let filter, isSoundSoFar else { return nil }
      return Self.standingReplies(settings, catalog, filter, isProved: wasProved)
    }
    tables = rules.tables
    let classifier = attempt { () throws(InvalidFiles) in try rules.classifier.get() }
    let standing = attempt { () throws(InvalidFiles) in try standingReplies?.get() }
    guard let catalog, let filter, let classifier = classifier ?? nil,
      let standing = standing ?? nil, isSound
    else { return nil }
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
      let bytes = try? Data(contentsOf: contents.folder.appending(path: samples.orders))
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
    return isSound
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
  private mutating func reasons() -> Reasons {
    let file = "reasons.yaml"
    return (contents.has(file) ? read(file) { Reasons(reading: $0) } : nil) ?? Reasons()
  }

  private mutating func checkIntents(of reasons: Reasons, in intents: Set<String>) {
    for named in reasons.intents + reasons.all.flatMap(\.intents)
    where !intents.contains(named.value) {
      found.append(
        Diagnostic(
          code: "unknown-intent", at: named.location, "'\(named.value)' is no intent of Intents/",
          remedy: nearest(to: named.value, among: intents.sorted()).map { "did you mean '\($0)'?" })
      )
    }
  }

  mutating func policyDesk() -> PolicyDesk? {
    let settings = self.settings()
    let packs = policyPacks()
    let hints = self.hints { PolicyHints(reading: $0, named: $1) }
    let filter = policyFilter(
      Result { () throws(InvalidFiles) in
        try PolicyFilter(
          packs, hints: hints, settings: settings?.policies ?? [],
          countries: settings?.countries ?? Countries())
      })
    guard let settings, let filter, isSound else { return nil }
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

  private static func classifier(
    _ files: Files, _ settings: Settings, _ carriers: CarrierFile,
    _ tables: inout TableArchive.Reader?
  ) throws(InvalidFiles) -> Classifier? {
    let finder = try? EntityFinder(
      orderNumbers: settings.orderNumberForms, trackingNumbers: carriers.numberForms)
    guard let finder else { return nil }
    return try Classifier(
      files.intents.map(\.intent), lexicons: files.lexicons, hints: files.hints,
      entityFinder: finder, tables: &tables)
  }

  /// What fitted words say.
  ///
  /// They are read for their tables alone, and a folder may do without.
  private mutating func hints<Content: Sendable>(
    _ make: @Sendable (YAMLMapping, String) -> Content?
  ) -> [Content] {
    tables != nil || contents.names(in: "Hints").isEmpty ? [] : readAll("Hints", make)
  }

  private mutating func policyPacks() -> [PolicyPack] {
    readFiles("Policies") { reader, _ in
      Result { () throws(InvalidFiles) in try PolicyPack(reader) }
    }.compactMap { pack in attempt { () throws(InvalidFiles) in try pack.get() } }
  }

  /// A filter that was put together, or what is wrong with it.
  private mutating func policyFilter(
    _ made: Result<PolicyFilter, InvalidFiles>
  ) -> PolicyFilter? {
    let isWhole = !found.contains {
      $0.severity == .error && $0.location.file.hasPrefix("Policies/")
    }
    do throws(InvalidFiles) {
      return try made.get()
    } catch {
      // What no pack says is not known while one of them cannot be read.
      let absences: Set = [
        "missing-links", "missing-reading", "missing-weighing", "unknown-concept", "unknown-rule",
      ]
      found += error.diagnostics.filter { isWhole || !absences.contains($0.code) }
      return nil
    }
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
}
