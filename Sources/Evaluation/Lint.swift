public import Odzew

/// What can be said of a bot without talking to it, beyond what loading already refuses.
public enum Lint {
  /// Proves the examples of intents and policies, and looks for rules that do nothing.
  /// - Parameters:
  ///   - bot: the bot.
  ///   - explaining: the command that shows why a text is read as it is, for the remedies.
  /// - Returns: every finding, sorted by place.
  public static func findings(in bot: Bot, explaining: String = "odzew explain") -> [Diagnostic] {
    let examples = readExamples(of: bot)
    return
      (misread(examples, by: bot, explaining) + claimedTwice(examples) + idle(examples, in: bot)
      + coverage(of: bot) + misread(bot.reasons) + bot.classifier.lexiconGaps
      + bot.classifier.slowPatterns + bot.filter.proveExamples() + bot.filter.lexiconGaps)
      .sorted { $0.location < $1.location }
  }

  /// A sentence of an intent's file, and what it is read as.
  private struct Example {
    let intent: Intent
    let isCounter: Bool
    let locale: LocaleTag
    let text: String
    let location: SourceLocation
    let reading: Reading
    let outcome: Reading.Outcome

    /// What the sentence would be answered as.
    var answers: [IntentID] {
      guard case .answerable(let answerables) = outcome else { return [] }
      return answerables.map(\.intent)
    }

    /// What the buyer would be asked about first.
    var asksFirst: IntentID? {
      guard case .ambiguous(let findings) = outcome else { return nil }
      return findings.first?.intent
    }
  }

  private static func readExamples(of bot: Bot) -> [Example] {
    bot.intents.flatMap { intent in
      intent.locales.flatMap { locale -> [Example] in
        let lists = intent.examples(in: locale)
        let all = lists.examples.map { ($0, false) } + lists.counterExamples.map { ($0, true) }
        return all.map { example, isCounter in
          let reading = bot.classifier.read(Utterance(example.value, locale: locale))
          return Example(
            intent: intent, isCounter: isCounter, locale: locale, text: example.value,
            location: example.location, reading: reading,
            outcome: reading.outcome(by: bot.settings.thresholds))
        }
      }
    }
  }

  /// Examples must be read as their intent first of all, be it only to ask; counter-examples must not
  /// be answered as theirs.
  private static func misread(
    _ examples: [Example], by bot: Bot, _ explaining: String
  ) -> [Diagnostic] {
    examples.compactMap { example in
      let found = example.answers
      let remedy = "see why with: \(explaining) --locale \(example.locale) \"\(example.text)\""
      if example.isCounter {
        guard found.contains(example.intent.id) else { return nil }
        return Diagnostic(
          code: "counter-example-taken", at: example.location,
          "'\(example.text)' is read as \(example.intent.id), and must not be", remedy: remedy)
      }
      if example.intent.isOutOfScope {
        if found.isEmpty { return nil }
      } else if found.contains(example.intent.id) || example.asksFirst == example.intent.id {
        return nil
      }
      let read = found.isEmpty ? [example.asksFirst].compactMap { $0 } : found
      let says = read.isEmpty ? "nothing" : read.map(\.description).joined(separator: " and ")
      return Diagnostic(
        code: "example-missed", at: example.location,
        "'\(example.text)' is read as \(says), not as \(example.intent.id)", remedy: remedy)
    }
  }

  /// Examples of reasons must be found to give theirs, and counter-examples must not.
  private static func misread(_ reasons: Reasons) -> [Diagnostic] {
    func isFound(_ reason: Reasons.Reason, in example: (locale: LocaleTag, text: Located<String>))
      -> Bool
    {
      reasons.sightings(in: Utterance(example.text.value), example.locale.language)
        .contains { $0.reason == reason.id }
    }
    return reasons.all.flatMap { reason in
      reason.examples.filter { !isFound(reason, in: $0) }.map { example in
        Diagnostic(
          code: "example-missed", at: example.text.location,
          "'\(example.text.value)' does not give the reason \(reason.id)",
          remedy: "add its words to the 'phrases' of '\(example.locale)'")
      }
        + reason.counterExamples.filter { isFound(reason, in: $0) }.map { example in
          Diagnostic(
            code: "counter-example-taken", at: example.text.location,
            "'\(example.text.value)' gives the reason \(reason.id), and must not",
            remedy: "add what takes it back to 'unless', or narrow a phrase")
        }
    }
  }

  /// No sentence may be an example of two intents.
  private static func claimedTwice(_ examples: [Example]) -> [Diagnostic] {
    let claims = Dictionary(grouping: examples.filter { !$0.isCounter }) {
      $0.locale.description + " " + String(decoding: Folding.fold($0.text).bytes, as: UTF8.self)
    }
    return claims.values.flatMap { group -> [Diagnostic] in
      guard let first = group.first else { return [] }
      return group.dropFirst().map { example in
        Diagnostic(
          code: "claimed-twice", at: example.location,
          "'\(example.text)' is an example of \(example.intent.id) and of \(first.intent.id)",
          remedy: "let it stand in one of them, or ask two things in it")
      }
    }
  }

  /// Keywords and patterns of one language that speak for no example, or never help to win.
  private static func idle(_ examples: [Example], in bot: Bot) -> [Diagnostic] {
    struct Key: Hashable {
      let intent: IntentID
      let locale: LocaleTag
      let rule: String
    }
    var speaks: Set<Key> = []
    var wins: Set<Key> = []
    for example in examples {
      for finding in example.reading.findings {
        for evidence in finding.evidence where evidence.kind != .concepts {
          let key = Key(intent: finding.intent, locale: example.locale, rule: evidence.rule)
          speaks.insert(key)
          if example.answers.contains(finding.intent) || evidence.points < 0 { wins.insert(key) }
        }
      }
    }
    return bot.intents.flatMap { intent in
      intent.ofOneLanguage.compactMap { rule -> Diagnostic? in
        guard let locale = rule.locale else { return nil }
        let key = Key(intent: intent.id, locale: locale, rule: rule.rule)
        if wins.contains(key) { return nil }
        let what = "the \(rule.kind.rawValue) '\(rule.rule)' of \(intent.id)"
        return speaks.contains(key)
          ? Diagnostic(
            .warning, code: "never-wins", at: rule.location,
            "\(what) never helps an example of '\(locale)' to be read",
            remedy: "give it more points, or drop it")
          : Diagnostic(
            .warning, code: "idle-rule", at: rule.location,
            "\(what) occurs in no example of '\(locale)'",
            remedy: "add an example that needs it, or drop it")
      }
    }
  }

  /// An intent that lacks one of the bot's languages is silent there.
  ///
  /// Languages that are only read, and whose messages a person gets, need none.
  private static func coverage(of bot: Bot) -> [Diagnostic] {
    bot.intents.flatMap { intent in
      bot.settings.locales.compactMap { locale -> Diagnostic? in
        let lists = intent.examples(in: locale)
        if !lists.examples.isEmpty { return nil }
        return Diagnostic(
          .warning, code: "missing-locale", at: intent.location,
          "\(intent.id) has no examples in '\(locale)'",
          remedy: "add '\(locale)' to its locales, with a label and examples")
      }
    }
  }
}
