internal import ArgumentParser
internal import Commerce
internal import Language
internal import Odzew

/// Where a text goes, as options.
struct OccasionOptions: ParsableArguments {
  @Option(
    help:
      "Where the text goes: allegro, amazon, kaufland, emag, whatsapp, email, chat (default), …",
    completion: Completions.channels, transform: channel)
  var channel: Channel = .chat

  @Option(
    help: "Where the sale was made, where that differs.", completion: Completions.channels,
    transform: channel)
  var marketplace: Channel?

  @Option(
    help: "The language of the conversation.", completion: Completions.locales,
    transform: locale)
  var locale: LocaleTag?

  @Option(
    help: "What the text is for: reply (default), review_request, marketing, notice.",
    completion: .list(Occasion.Kind.allCases.map(\.rawValue)), transform: kind)
  var kind: Occasion.Kind = .reply

  @Option(
    help: "Who wrote it: person (default), automation.",
    completion: .list(Occasion.Author.allCases.map(\.rawValue)), transform: author)
  var author: Occasion.Author = .person

  /// Refuses a channel that a bot does not have: its rules would not be those of any.
  func check(by settings: Settings) throws {
    let known = settings.knownChannels
    guard !known.contains(channel) else { return }
    let names = known.map(\.description).sorted()
    throw ValidationError(
      "odzew.yaml has no channel '\(channel)'; "
        + (nearest(to: channel.description, among: names).map { "did you mean '\($0)'? " } ?? "")
        + "known: \(names.joined(separator: ", "))")
  }

  /// Reads a channel.
  static func channel(_ text: String) throws -> Channel {
    guard let channel = Channel(text) else {
      throw ValidationError("'\(text)' is no channel such as 'allegro'")
    }
    return channel
  }

  /// Reads a language.
  static func locale(_ text: String) throws -> LocaleTag {
    guard let locale = LocaleTag(text) else {
      throw ValidationError("'\(text)' is no language such as 'pl'")
    }
    return locale
  }

  /// Reads what a text is for.
  static func kind(_ text: String) throws -> Occasion.Kind { try word(text) }

  private static func author(_ text: String) throws -> Occasion.Author { try word(text) }

  private static func word<Word>(_ text: String) throws -> Word
  where Word: RawRepresentable<String> & CaseIterable {
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(text)' is none of: \(known)")
    }
    return word
  }
}
