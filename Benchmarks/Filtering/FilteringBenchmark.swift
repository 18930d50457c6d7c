import Commerce
import Diagnostics
import Evaluation
import Foundation
import Language
import Odzew
import Policy
import Yams

/// Texts a second through the policy filter: with the packs that ship, and with ten times the rules.
///
/// The further rules are copies over concepts of their own, whose words are the shipped words with
/// every letter moved along the alphabet. Only ratios and rates are printed; nothing is asserted.
@main
struct FilteringBenchmark {
  static func main() throws {
    let root = URL(filePath: FileManager.default.currentDirectoryPath)
    let texts = try texts(below: root.appending(path: "Tests/Fixtures/policies"))
    let bytes = texts.reduce(0) { $0 + $1.text.utf8.count }
    print("\(texts.count) texts, \(bytes / texts.count) bytes on average")
    var base = 0.0
    for copies in [1, 10] {
      let start = ContinuousClock.now
      let filter = try filter(below: root.appending(path: "Policies"), copies: copies)
      let loading = seconds(ContinuousClock.now - start)
      let rate = rate(of: filter, over: texts)
      print(
        "\(filter.rules.count) rules: \(Int(rate)) texts a second, \(decimal(1e6 / rate)) µs each, "
          + "loaded in \(decimal(loading)) s")
      if copies == 1 {
        base = rate
      } else {
        print("ten times the rules cost \(decimal(base / rate)) times as much")
      }
    }
  }

  /// The best of several rounds, so that other work on the machine counts least.
  private static func rate(
    of filter: PolicyFilter, over texts: [(text: String, occasion: Occasion)]
  ) -> Double {
    var best = 0.0
    var findings = 0
    for _ in 0..<5 {
      let start = ContinuousClock.now
      for (text, occasion) in texts {
        findings += filter.review(text, for: occasion).findings.count
      }
      best = max(best, Double(texts.count) / seconds(ContinuousClock.now - start))
    }
    // What was found is used, so that the work cannot be left out.
    precondition(findings > 0)
    return best
  }

  private static func texts(
    below folder: URL
  ) throws -> [(text: String, occasion: Occasion)] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.filter { $0.hasPrefix("development") }.flatMap { file in
      try LabelledText.read(Data(contentsOf: folder.appending(path: file))).map { labelled in
        let channel = labelled.request.channel
        return (
          labelled.text,
          Occasion(
            channel: channel,
            isPlatformMessage: ["allegro", "amazon", "kaufland", "emag"].contains(
              channel.description),
            author: .person, locale: labelled.request.locale, lengthLimit: 2000,
            moment: Date(timeIntervalSince1970: 1_795_000_000))
        )
      }
    }
  }

  private static func filter(below folder: URL, copies: Int) throws -> PolicyFilter {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var packs: [PolicyPack] = []
    for file in files where file.hasSuffix(".yaml") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      packs.append(try PolicyPack(SourceText(file: file, text: text)))
      guard let pack = try Yams.load(yaml: text) as? [String: Any] else { continue }
      for copy in 1..<copies {
        let moved = try Yams.dump(object: self.copy(pack, copy), width: -1, allowUnicode: true)
        packs.append(try PolicyPack(SourceText(file: "\(copy)-\(file)", text: moved)))
      }
    }
    return try PolicyFilter(packs)
  }

  /// A pack with other names for its rules and concepts, and other words.
  private static func copy(_ pack: [String: Any], _ number: Int) -> [String: Any] {
    let suffix = "_\(number)"
    func renamed(_ names: Any?) -> [String] { (names as? [String] ?? []).map { $0 + suffix } }
    func moved(_ words: Any?) -> [String] {
      (words as? [String] ?? []).filter { !$0.hasPrefix("/") }.map { self.moved($0, by: number) }
    }
    var copy: [String: Any] = ["pack": "\(pack["pack"] ?? "")\(suffix)"]
    if let language = pack["language"] { copy["language"] = language }
    if let concepts = pack["concepts"] as? [String: Any] {
      copy["concepts"] = Dictionary(
        uniqueKeysWithValues: concepts.map { ($0.key + suffix, moved($0.value)) })
    }
    if let wordings = pack["wordings"] as? [String: [String: Any]] {
      copy["wordings"] = wordings.reduce(into: [String: Any]()) { copies, wording in
        copies[wording.key + suffix] = [
          "phrases": moved(wording.value["phrases"]), "unless": moved(wording.value["unless"]),
        ]
      }
    }
    if let rules = pack["rules"] as? [[String: Any]] {
      copy["rules"] = rules.map { rule in
        var rule = rule
        rule["id"] = "\(rule["id"] ?? "")\(suffix)"
        // A date would be read as one.
        rule["source_date"] = "2026-11-20"
        for key in ["except", "except_anywhere"] where rule[key] != nil {
          rule[key] = renamed(rule[key])
        }
        rule["when"] = (rule["when"] as? [[String: Any]])?.map { combination in
          var combination = combination
          combination["all"] = (combination["all"] as? [String] ?? []).map { part in
            part.split(separator: "|").map { name in
              name.hasPrefix("over ") ? String(name) : name + suffix
            }.joined(separator: "|")
          }
          if combination["unless"] != nil { combination["unless"] = renamed(combination["unless"]) }
          return combination
        }
        if rule["when"] == nil { rule["phrases"] = ["en": ["qx\(number)"]] }
        for key in ["violates", "complies"] { rule[key] = nil }
        return rule
      }
    }
    return copy
  }

  /// A keyword with every letter moved along the alphabet.
  private static func moved(_ word: String, by number: Int) -> String {
    String(
      String.UnicodeScalarView(
        word.lowercased().unicodeScalars.map { scalar in
          guard ("a"..."z").contains(scalar) else { return scalar }
          return Unicode.Scalar(UInt8((Int(scalar.value) - 97 + number * 2 + 1) % 26 + 97))
        }))
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private static func decimal(_ number: Double) -> String { String(format: "%.2f", number) }
}
