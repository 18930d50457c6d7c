public import Odzew

/// What can be said of a bot without talking to it, beyond what loading already refuses.
public enum Lint {
  /// Proves the examples of intents and policies.
  /// - Parameter bot: the bot.
  /// - Returns: every finding, sorted by place.
  public static func findings(in bot: Bot) -> [Diagnostic] {
    (examples(in: bot) + coverage(of: bot) + bot.filter.proveExamples())
      .sorted { $0.location < $1.location }
  }

  /// Examples must be read as their intent, strongest of all; counter-examples must not.
  private static func examples(in bot: Bot) -> [Diagnostic] {
    let thresholds = bot.settings.thresholds
    return bot.intents.flatMap { intent in
      intent.locales.flatMap { locale -> [Diagnostic] in
        let lists = intent.examples(in: locale)
        let missed = lists.examples.compactMap { example -> Diagnostic? in
          let found = strongest(example.value, locale, bot)
          if found.contains(intent.id) || (found.isEmpty && intent.isOutOfScope) { return nil }
          let says = found.map(\.description).joined(separator: " and ")
          return Diagnostic(
            code: "example-missed", at: example.location,
            "'\(example.value)' is read as \(found.isEmpty ? "nothing" : says), "
              + "not as \(intent.id)",
            remedy: "see why with: odzew explain --locale \(locale) \"\(example.value)\"")
        }
        let taken = lists.counterExamples.compactMap { example -> Diagnostic? in
          let reading = bot.classifier.read(Utterance(example.value, locale: locale))
          guard case .answerable(let answerables) = reading.outcome(by: thresholds),
            answerables.contains(where: { $0.intent == intent.id })
          else { return nil }
          return Diagnostic(
            code: "counter-example-taken", at: example.location,
            "'\(example.value)' is read as \(intent.id), and must not be",
            remedy: "see why with: odzew explain --locale \(locale) \"\(example.value)\"")
        }
        return missed + taken
      }
    }
  }

  /// What a message would be answered as.
  private static func strongest(_ text: String, _ locale: LocaleTag, _ bot: Bot) -> [IntentID] {
    let reading = bot.classifier.read(Utterance(text, locale: locale))
    guard case .answerable(let found) = reading.outcome(by: bot.settings.thresholds) else {
      return []
    }
    return found.map(\.intent)
  }

  /// Every intent is there in every language.
  private static func coverage(of bot: Bot) -> [Diagnostic] {
    bot.intents.flatMap { intent in
      bot.settings.locales.filter { !intent.locales.contains($0) }.map { locale in
        Diagnostic(
          code: "missing-locale",
          at: SourceLocation(file: "Intents/\(intent.id).yaml", line: 1, column: 1),
          "the intent '\(intent.id)' has no '\(locale)' under 'locales'",
          remedy: "add its label, patterns, keywords and examples in that language")
      }
    }
  }
}
