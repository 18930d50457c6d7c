internal import Evaluation
internal import Foundation
internal import Language
internal import Understanding

/// Suggestions as a person reads them.
struct SuggestionText {
  private let suggestions: Suggestions

  init(_ suggestions: Suggestions) { self.suggestions = suggestions }

  var text: String {
    let groups = suggestions.groups.enumerated().map { group($1, number: $0 + 1) }
    return ([heard] + groups + [rest, proof].compactMap { $0 }).joined(separator: "\n\n")
  }

  /// How the messages were read.
  private var heard: String {
    let counts = suggestions.counts
    let parts = [
      ("understood", counts.understood), ("not understood", counts.missed),
      ("off topic", counts.offTopic), ("written by machines", counts.automatic),
      ("in other languages", counts.foreign), ("not read to the end", counts.unread),
    ]
    let all = parts.reduce(0) { $0 + $1.1 }
    return count(all, "message") + ": "
      + parts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }

  private func group(_ group: Suggestions.Group, number: Int) -> String {
    var lines = [
      Terminal.coloured(
        "group \(number)   \(group.lines.count) messages, \(group.locale)", .bold)
    ]
    func add(_ title: String, _ text: String) {
      lines.append("  " + title.padding(toLength: 10, withPad: " ", startingAt: 0) + text)
    }
    add("nearest", nearest(to: group))
    if !group.words.isEmpty { add("words", group.words.joined(separator: ", ")) }
    for sentence in group.sentences { add("", "“\(sentence)”") }
    for keyword in group.keywords {
      let elsewhere =
        keyword.answersElsewhere > 0
        ? ", and \(count(keyword.answersElsewhere, "message")) outside the group" : ""
      add(
        "keyword",
        "“\(keyword.text)” stands in \(keyword.standsIn), answers \(keyword.answers)\(elsewhere)")
    }
    if group.keywords.count > 1 { add("together", "they answer \(group.answered)") }
    if group.keywords.isEmpty, group.nearest != nil {
      add(
        "keyword",
        group.dropped > 0 ? "none works" : "none: nothing is frequent here and rare elsewhere")
    }
    if group.dropped > 0, let reason = group.reason {
      add("dropped", "\(count(group.dropped, "keyword")): \(reason)")
    }
    if let file = group.file {
      add("paste", "into \(file), without the lines that stand there already:")
      lines += group.yaml.split(separator: "\n").map { "    " + $0 }
    }
    return lines.joined(separator: "\n")
  }

  private func nearest(to group: Suggestions.Group) -> String {
    guard let nearest = group.nearest else {
      return "none: this may be a new intent (docs/how-to/add-an-intent.md)"
    }
    let (labelled, all) = group.labelled
    let labels = all > 0 ? "; labelled so: \(labelled) of \(all)" : ""
    return "\(nearest.intent): sure \(Figure.decimal(nearest.confidence)), "
      + "like an example of it \(Figure.decimal(nearest.likeness))\(labels)"
  }

  /// What is not shown.
  private var rest: String? {
    let more = suggestions.groupCount - suggestions.groups.count
    let parts = [
      more > 0 ? "\(count(more, "smaller group")) not looked at: '--limit'" : nil,
      suggestions.ungrouped > 0
        ? "\(count(suggestions.ungrouped, "message")) in no group of that size" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  /// What a keyword is worth.
  private var proof: String? {
    guard suggestions.groups.contains(where: { !$0.keywords.isEmpty }) else { return nil }
    return """
      Each keyword was tried alone and with those above it: \(suggestions.examples) examples and \
      counter-examples,
      \(count(suggestions.samples, "message")) of cases and all messages of this file but those not \
      understood are read as before.
      They were found on these very messages: 'odzew evaluate' judges them on others.
      The nearest intent is not always the one that is meant: read the sentences, and give each keyword \
      an example.
      """
  }
}

extension Suggestions {
  /// The same for programs.
  func json() throws -> String {
    struct Report: Encodable {
      struct Nearest: Encodable {
        let intent: String
        let confidence, likeness: Double
      }
      struct Keyword: Encodable {
        let text: String
        let points: Double
        let standsIn, answers, answersElsewhere: Int
      }
      struct Group: Encodable {
        let locale: String
        let lines: [Int]
        let sentences, words: [String]
        let nearest: Nearest?
        let labelled, labelledNearest, answered, dropped: Int
        let reason, file, yaml: String?
        let keywords: [Keyword]
      }
      struct Messages: Encodable {
        let understood, missed, offTopic, automatic, foreign, unread, ungrouped: Int
      }
      let messages: Messages
      let groups: [Group]
      let groupCount, examples, caseMessages: Int
    }
    func rounded(_ share: Double) -> Double { (share * 100).rounded() / 100 }
    let report = Report(
      messages: Report.Messages(
        understood: counts.understood, missed: counts.missed, offTopic: counts.offTopic,
        automatic: counts.automatic, foreign: counts.foreign, unread: counts.unread,
        ungrouped: ungrouped),
      groups: groups.map { group in
        Report.Group(
          locale: group.locale.description, lines: group.lines, sentences: group.sentences,
          words: group.words,
          nearest: group.nearest.map {
            Report.Nearest(
              intent: $0.intent.description, confidence: rounded($0.confidence),
              likeness: rounded($0.likeness))
          },
          labelled: group.labelled.of, labelledNearest: group.labelled.with,
          answered: group.answered, dropped: group.dropped, reason: group.reason,
          file: group.file, yaml: group.file.map { _ in group.yaml },
          keywords: group.keywords.map {
            Report.Keyword(
              text: $0.text, points: $0.points, standsIn: $0.standsIn, answers: $0.answers,
              answersElsewhere: $0.answersElsewhere)
          })
      }, groupCount: groupCount, examples: examples, caseMessages: samples)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }
}
