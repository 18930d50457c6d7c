internal import Commerce
internal import Diagnostics
internal import Language
internal import Patterns

extension PolicyPack {
  /// A rule as its author wrote it, with its expressions compiled.
  struct Rule: Sendable {
    let id: String
    /// Under which name its findings are told, where several rules are one to their readers.
    let reportsAs: String?
    let location: SourceLocation
    let title: String
    var action: PolicyFinding.Action
    let message: String
    let source: String
    let sourceDate: String
    let scope: Scope
    let detectors: [Detector]
    /// Detectors that block, whatever the rule does otherwise.
    let blocking: [Detector]
    let patterns: [Pattern]
    /// Concepts that violate together.
    let combinations: [Combination]
    /// A clause with one of these is no violation.
    let exceptions: [Pattern]
    /// Concepts that are exceptions in the clause of a match's last words: `refusal`.
    let excepted: [Located<String>]
    /// Concepts that are exceptions wherever they stand in the sentences of a match.
    let exceptedNearby: [Located<String>]
    /// Concepts that excuse the whole text, wherever they stand in it.
    let exceptedAnywhere: [Located<String>]
    /// What it looks for in time, consent and repetition.
    let context: ContextRule?
    let removes: Removal
    var violates: [Example]
    var complies: [Example]
    /// The locales that the rule has expressions of its own for.
    var locales: [String]
  }

  /// A text that its author says violates or complies.
  struct Example: Sendable {
    /// Its language; nil for any.
    let locale: LocaleTag?
    let text: Located<String>
  }

  /// Where a rule holds; what is empty does not restrict it.
  struct Scope: Sendable {
    var platformOnly = false
    var channels: Set<String> = []
    var marketplaces: Set<String> = []
    var kinds: Set<String> = []
    var authors: Set<String> = []
    var locales: Set<String> = []
    var threads: Set<String> = []

    /// What of an occasion scopes ask for.
    struct Place {
      let isPlatformMessage: Bool
      let channel: String
      let marketplace: String?
      let kind: String
      let author: String
      let thread: String?
      let language: String?

      init(_ occasion: Occasion) {
        isPlatformMessage = occasion.isPlatformMessage
        channel = occasion.channel.description
        marketplace = occasion.marketplace?.description
        kind = occasion.kind.rawValue
        author = occasion.author.rawValue
        thread = occasion.circumstances.thread
        language = occasion.locale?.language
      }
    }

    func holds(for place: Place) -> Bool {
      (!platformOnly || place.isPlatformMessage)
        && (channels.isEmpty || channels.contains(place.channel))
        && (marketplaces.isEmpty || marketplaces.contains(place.channel)
          || place.marketplace.map(marketplaces.contains) == true)
        && (kinds.isEmpty || kinds.contains(place.kind))
        && (authors.isEmpty || authors.contains(place.author))
        && (threads.isEmpty || place.thread.map(threads.contains) == true)
        && (locales.isEmpty || place.language.map(locales.contains) ?? true)
    }
  }

  /// What is taken away where a rule redacts.
  enum Removal: String, CaseIterable, Sendable {
    /// The sentence, or the brackets, that the offending part stands in.
    case sentence
    /// The offending part alone: where a text without it is still whole.
    case match
    /// All but two line ends.
    case lineBreaks = "line_breaks"
    /// Tags; entities become the character that they stand for.
    case markup
  }
}
