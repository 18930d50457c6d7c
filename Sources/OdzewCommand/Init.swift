internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// A new bot folder to start from.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "A new bot folder to start from.",
    discussion: """
      Asks for the shop's name, contact, marketplaces, languages and hours on a terminal, unless they \
      are given; elsewhere what is not given is assumed, but for the name. The folder is a part of the \
      one that the program ships with, or of '--bot': whole in what it knows, cut down to your \
      languages and marketplaces in what it says. It passes 'odzew lint' and 'odzew test' at once.

      Examples:
        odzew init myshop
        odzew init myshop --name 'My Shop' --marketplace allegro,shop --locale pl,en --yes
      """)

  @Argument(
    help: ArgumentHelp("The new folder; it must be empty, or not exist yet.", valueName: "dir"))
  var directory: String

  @Option(help: ArgumentHelp("The shop's name, as buyers know it.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("Where buyers write to.", valueName: "address"))
  var email: String?

  @Option(help: ArgumentHelp("Where buyers call.", valueName: "number"))
  var phone: String?

  @Option(help: ArgumentHelp("Where buyers send returned goods.", valueName: "text"))
  var returnAddress: String?

  @Option(
    help: ArgumentHelp(
      "Where you sell: allegro, amazon, emag, kaufland, 'shop' for your own; more with commas.",
      valueName: "names"))
  var marketplace: [String] = []

  @Option(
    help: ArgumentHelp(
      "The languages to answer in: pl, en, de, cs, sk, hu, ro; the first is that of last resort.",
      valueName: "tags"))
  var locale: [String] = []

  @Option(help: ArgumentHelp("Where your days begin: Europe/Warsaw.", valueName: "name"))
  var timeZone: String?

  @Option(help: ArgumentHelp("When people answer: 'Mon-Fri 9-17'.", valueName: "hours"))
  var hours: String?

  @Flag(help: "Ask nothing: assume what is not given.")
  var yes = false

  @OptionGroup var options: BotOptions

  func run() throws {
    let source = try options.folder
    var folder = try StarterFolder(
      from: source, at: URL(filePath: directory, directoryHint: .isDirectory))
    let settings = try read(source)
    let fallback = URL(filePath: directory).standardizedFileURL.lastPathComponent
    var interview = ShopInterview(settings, fallbackName: fallback)
    let assumed = try answer(&interview)
    if Terminal.isWatched { Terminal.note("\nwriting and proving the folder …", .dim) }
    try folder.make(
      Starter(interview), now: options.now ?? Date(), zone: interview.profile.zone)
    try tell(interview, assumed, folder)
  }

  private func read(_ source: URL) throws -> Settings {
    do throws(InvalidFiles) {
      return try Settings.load(from: source)
    } catch {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      Terminal.error("the bot folder '\(source.relativePath)' cannot be started from")
      throw ExitStatus.badData.exit
    }
  }

  private func given(_ question: ShopInterview.Question) -> String? {
    switch question {
    case .name: name
    case .email: email
    case .phone: phone
    case .returnAddress: returnAddress
    case .marketplace: marketplace.isEmpty ? nil : marketplace.joined(separator: ",")
    case .locale: locale.isEmpty ? nil : locale.joined(separator: ",")
    case .timeZone: timeZone
    case .hours: hours
    }
  }

  /// Asks what is not given; returns what was assumed without asking.
  private func answer(_ interview: inout ShopInterview) throws -> Set<ShopInterview.Question> {
    let asks = isatty(0) == 1 && !yes
    // What is given is checked before anything is asked.
    var trial = interview
    var assumed: Set<ShopInterview.Question> = []
    for question in ShopInterview.Question.allCases {
      guard let text = given(question) else { continue }
      do throws(InvalidAnswer) {
        try trial.take(text, for: question)
      } catch {
        Terminal.error("--\(question.rawValue): \(error)")
        throw ExitCode.validationFailure
      }
    }
    if name == nil, !yes, !asks {
      Terminal.error(
        "the shop's name is missing, and there is no terminal to ask on: "
          + "give '--name NAME', or take what is assumed with '--yes'")
      throw ExitCode.validationFailure
    }
    if asks {
      Terminal.note("A new bot folder in '\(directory)'. Enter takes what stands in brackets.\n")
    }
    for question in ShopInterview.Question.allCases {
      if let text = given(question) {
        try interview.take(text, for: question)
      } else if asks {
        try ask(question, &interview)
      } else {
        assumed.insert(question)
        try interview.take(interview.standard(for: question), for: question)
      }
    }
    return assumed
  }

  private func ask(
    _ question: ShopInterview.Question, _ interview: inout ShopInterview
  ) throws {
    let standard = interview.standard(for: question)
    let choices = interview.choices(for: question)
    let words =
      Self.wording(of: question)
      + (choices.isEmpty ? "" : " (\(choices.joined(separator: ", ")); several with commas)")
    while true {
      Terminal.note(
        words + (standard.isEmpty ? " [none]" : " [\(standard)]") + ": ", .bold, ending: "")
      guard let line = readLine() else {
        Terminal.note("")
        Terminal.error("the answers ended; nothing was written")
        throw ExitCode.validationFailure
      }
      let isEmpty = line.allSatisfy(\.isWhitespace)
      do throws(InvalidAnswer) {
        return try interview.take(isEmpty ? standard : line, for: question)
      } catch {
        Terminal.note("  \(error)", .yellow)
      }
    }
  }

  private static func wording(of question: ShopInterview.Question) -> String {
    switch question {
    case .name: "The shop's name, as buyers know it"
    case .email: "E-mail address for buyers"
    case .phone: "Telephone number for buyers"
    case .returnAddress: "Address for returned goods, with street, postcode and town"
    case .marketplace: "Where do you sell?"
    case .locale: "Languages to answer in, that of last resort first"
    case .timeZone: "Time zone"
    case .hours: "Hours in which people answer, such as 'Mon-Thu 8:30-16:30, Sat 10-13'"
    }
  }

  /// Says what there is now, and what to do with it.
  private func tell(
    _ interview: ShopInterview, _ assumed: Set<ShopInterview.Question>, _ folder: StarterFolder
  ) throws {
    let profile = interview.profile
    let facts: [(question: ShopInterview.Question, text: String)] = [
      (.name, profile.name), (.email, profile.email ?? "–"), (.phone, profile.phone ?? "–"),
      (.returnAddress, profile.returnAddress),
      (.marketplace, profile.marketplaces.joined(separator: ", ")),
      (.locale, profile.locales.map(\.description).joined(separator: ", ")),
      (.timeZone, profile.zone.identifier), (.hours, profile.hours?.description ?? "–"),
    ]
    try Terminal.print(
      "'\(directory)' is ready: \(count(folder.files, "file")), \(folder.bytes / 1_000_000) MB; "
        + "\(folder.replies) replies proved.\n")
    for (question, text) in facts {
      let label = question.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0)
      try Terminal.print("  \(label)\(text)\(assumed.contains(question) ? "   (assumed)" : "")")
    }
    if !folder.foreignCases.isEmpty {
      try Terminal.print(
        "\nLeft out: \(count(folder.foreignCases.count, "case")) of the shop that they were written for, "
          + folder.foreignCases.joined(separator: ", "))
    }
    let bot =
      directory.contains(where: { !$0.isLetter && !$0.isNumber && !"./_-".contains($0) })
      ? "'\(directory.replacing("'", with: "'\\''"))'" : directory
    try Terminal.print(
      """

      Next:
        odzew chat --bot \(bot) --order ZAM-2026-1001   talk to it as a buyer
        odzew test --bot \(bot) --matrix                what does every reply say, after a change?
        odzew lint --bot \(bot)                         is everything in order?

      Before the first buyer: look at what is marked CHECK in \(directory)/odzew.yaml, which was assumed.
      \(directory)/README.md tells what is where.
      """)
  }
}
