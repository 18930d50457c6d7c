internal import Commerce
internal import Diagnostics
internal import Language
internal import Patterns

extension PolicyPack {
  /// A rule as its author wrote it, with its expressions compiled.
  struct Rule: Sendable {
    let id: String
    let location: SourceLocation
    let title: String
    let action: PolicyFinding.Action
    let message: String
    let source: String
    let sourceDate: String
    let scope: Scope
    let detectors: [Detector]
    /// Detectors that block, whatever the rule does otherwise.
    let blocking: [Detector]
    let patterns: [Pattern]
    let together: [Together]
    /// A clause with one of these is no violation.
    let exceptions: [Pattern]
    /// Named notions that are exceptions too: `refusal`, `phishing_warning`.
    let notions: [Located<String>]
    let removes: Removal
    let violates: [Example]
    let complies: [Example]
    /// The locales that the rule has expressions of its own for.
    let locales: [String]
  }

  /// Expressions that violate when they stand near each other, in any order.
  struct Together: Sendable {
    /// How near.
    enum Distance: String, CaseIterable, Sendable {
      case sentence
      /// In one sentence or in two that follow each other.
      case neighbours
    }
    let parts: [Pattern]
    let distance: Distance
  }

  /// A text that its author says violates or complies.
  struct Example: Sendable {
    let locale: LocaleTag
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

    func holds(for occasion: Occasion) -> Bool {
      let marketplace = occasion.marketplace?.description
      let channel = occasion.channel.description
      return (!platformOnly || occasion.isPlatformMessage)
        && (channels.isEmpty || channels.contains(channel))
        && (marketplaces.isEmpty || marketplaces.contains(channel)
          || marketplace.map(marketplaces.contains) == true)
        && (kinds.isEmpty || kinds.contains(occasion.kind.rawValue))
        && (authors.isEmpty || authors.contains(occasion.author.rawValue))
        && (locales.isEmpty || occasion.locale.map { locales.contains($0.language) } ?? true)
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
