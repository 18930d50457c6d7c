import Diagnostics
import Evaluation
import Foundation
import Language
import Understanding

/// Messages a second for reading alone: with the shipped intents, and with ten times as many.
///
/// The further intents are generated from the shipped ones: each has rules of the same shape over
/// concepts of its own, whose words are the shipped words with every letter moved along the
/// alphabet, so that the table of words grows tenfold with the rules. Only ratios and rates are
/// printed; nothing is asserted.
@main
struct ReadingBenchmark {
  static func main() throws {
    let root = URL(filePath: FileManager.default.currentDirectoryPath)
    let messages = try utterances(below: root.appending(path: "Tests/Fixtures/messages"))
    let bytes = messages.reduce(0) { $0 + $1.text.utf8.count }
    print("\(messages.count) messages, \(bytes / messages.count) bytes on average")
    var base = 0.0
    for copies in [1, 10] {
      let start = ContinuousClock.now
      let classifier = try classifier(below: root, copies: copies)
      let loading = seconds(ContinuousClock.now - start)
      let rate = rate(of: classifier, over: messages)
      print(
        "\(classifier.intents.count) intents: "
          + "\(Int(rate)) messages a second, \(decimal(1e6 / rate)) µs each, "
          + "loaded in \(decimal(loading)) s")
      if copies == 1 {
        base = rate
      } else {
        print("ten times the intents cost \(decimal(base / rate)) times as much")
      }
    }
  }

  /// The best of several rounds, so that other work on the machine counts least.
  private static func rate(of classifier: Classifier, over messages: [Utterance]) -> Double {
    var best = 0.0
    var findings = 0
    for _ in 0..<5 {
      let start = ContinuousClock.now
      for message in messages { findings += classifier.read(message).findings.count }
      best = max(best, Double(messages.count) / seconds(ContinuousClock.now - start))
    }
    // What was found is used, so that the work cannot be left out.
    precondition(findings > 0)
    return best
  }

  private static func utterances(below folder: URL) throws -> [Utterance] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.filter { $0.hasSuffix(".jsonl") }.flatMap { file in
      try LabelledMessage.read(Data(contentsOf: folder.appending(path: file))).map {
        Utterance($0.text, locale: LocaleTag($0.locale))
      }
    }
  }

  private static func classifier(below root: URL, copies: Int) throws -> Classifier {
    let lexicons = try yaml(below: root, "Concepts").compactMap { name, text in
      let reader = YAMLReader(
        SourceText(file: name, text: copies == 1 ? text : grown(lexicon: text, by: copies)))
      return reader.root.flatMap { Lexicon(reading: $0, named: name) }
    }
    let intents = try yaml(below: root, "Intents").flatMap { name, text in
      (0..<copies).compactMap { copy -> Intent? in
        let suffix = copy == 0 ? "" : suffix(copy)
        let reader = YAMLReader(
          SourceText(file: name, text: copy == 0 ? text : renamed(intent: text, suffix)))
        return reader.root.flatMap { Intent(reading: $0, named: name + suffix) }
      }
    }
    let hints = try yaml(below: root, "Hints").compactMap { name, text in
      let reader = YAMLReader(SourceText(file: name, text: grown(hints: text, by: copies)))
      return reader.root.flatMap { Hints(reading: $0, named: name) }
    }
    return try Classifier(
      intents, lexicons: lexicons, hints: hints,
      entityFinder: EntityFinder(orderNumbers: [], trackingNumbers: []))
  }

  /// The hints of the intents, and the same once more for each of their copies.
  private static func grown(hints text: String, by copies: Int) -> String {
    let start = "\nintents:\n"
    guard let list = text.range(of: start) else { return text }
    let intents = text[list.upperBound...].split(separator: "\n")
    return text[..<list.upperBound]
      + (0..<copies).flatMap { copy in
        intents.map { line in
          copy > 0 && line.hasSuffix(":") ? line.dropLast() + suffix(copy) + ":" : line
        }
      }.joined(separator: "\n")
  }

  private static func yaml(below root: URL, _ folder: String) throws -> [(String, String)] {
    let directory = root.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
      .filter { $0.hasSuffix(".yaml") }
      .map {
        (
          String($0.dropLast(5)),
          try String(contentsOf: directory.appending(path: $0), encoding: .utf8)
        )
      }
  }

  private static func suffix(_ copy: Int) -> String {
    "_" + String(UnicodeScalar(UInt8(97 + copy)))
  }

  /// An intent with another name, whose rules are over other concepts.
  private static func renamed(intent text: String, _ suffix: String) -> String {
    var isPoints = false
    var isLeftOut = false
    let traits = ["is_question", "is_short", "is_long", "is_unclear", "is_strange"]
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("intent: ") { return line + suffix }
      if !line.hasPrefix(" ") {
        isPoints = line == "points:"
        isLeftOut = line.hasPrefix("yields_to:")
      }
      if isLeftOut { return nil }
      guard isPoints, line.hasPrefix(" "), let colon = line.lastIndex(of: ":") else {
        return String(line)
      }
      let words = line[..<colon].split(separator: " ").map { word in
        word.count == 1 || word == "not" || traits.contains(String(word))
          ? String(word) : word + suffix
      }
      return "  " + words.joined(separator: " ") + line[colon...]
    }.joined(separator: "\n")
  }

  /// A lexicon with copies of its concepts under other names and with other words.
  private static func grown(lexicon text: String, by copies: Int) -> String {
    let reader = YAMLReader(SourceText(file: "", text: text))
    guard let concepts = reader.root?.mapping("concepts") else { return text }
    var lines = [text]
    for entry in concepts.entries {
      let words = concepts.strings(entry.value).map(\.value).filter { !$0.hasPrefix("{") }
      for copy in 1..<copies {
        let others = words.map { "'" + moved($0, by: copy) + "'" }
        lines.append("  \(entry.value)\(suffix(copy)): [\(others.joined(separator: ", "))]")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A word with each of its letters so far along the alphabet.
  private static func moved(_ word: String, by steps: Int) -> String {
    let folded = String(decoding: Folding.keyword(word), as: UTF8.self)
    return String(
      folded.map { letter in
        guard letter.isASCII, letter.isLetter, let value = letter.asciiValue else { return letter }
        return Character(UnicodeScalar(97 + (value - 97 + UInt8(steps)) % 26))
      })
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }
}
