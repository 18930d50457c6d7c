package import Commerce
package import Language
package import Understanding

extension Conversation {
  /// A message as it is meant at this point of the conversation: a bare number answers the question
  /// for a number, and the matter that waited for it is taken up again.
  /// - Parameters:
  ///   - reading: what the message says by itself.
  ///   - utterance: the message.
  ///   - thresholds: from which confidence on something is done.
  ///   - labels: the names of intents in the language of the conversation.
  ///   - reread: reads an earlier message again.
  /// - Returns: what is meant. The message that stays open is remembered.
  package mutating func outcome(
    of reading: Reading, of utterance: Utterance, by thresholds: Thresholds,
    labels: [IntentID: String], rereading reread: (String) -> Reading
  ) -> Reading.Outcome {
    let outcome = reading.outcome(by: thresholds)
    if let openMessage, isMereAnswer(outcome, reading) {
      let open = reread(openMessage)
      guard case .choice(let choices) = question else {
        let chosen = chosenIntent.flatMap(IntentID.init).flatMap(open.chosen)
        return chosen.map { .answerable([$0]) } ?? open.outcome(by: thresholds)
      }
      let ids = choices.compactMap(IntentID.init)
      if let chosen = choice(among: ids, labels: labels, in: utterance, reading.concepts) {
        question = nil
        chosenIntent = chosen.description
        if let answerable = open.chosen(chosen) { return .answerable([answerable]) }
      }
      return outcome
    }
    if let openMessage, isEllipsis(outcome, reading, utterance) {
      let open = reread(openMessage)
      return chosenIntent.flatMap(IntentID.init).flatMap(open.chosen).map { .answerable([$0]) }
        ?? open.outcome(by: thresholds)
    }
    if outcome != .nothing {
      openMessage = utterance.text
      chosenIntent = nil
    }
    return outcome
  }

  /// Whether a message asks on without naming the matter: "and when?", "what about the other one?".
  private func isEllipsis(
    _ outcome: Reading.Outcome, _ reading: Reading, _ utterance: Utterance
  ) -> Bool {
    if case .answerable(let answerables) = outcome, !answerables.allSatisfy(\.isSmallTalk) {
      return false
    }
    let words = utterance.folded.bytes.split(separator: UInt8(ascii: " ")).count
    let said = Set(reading.concepts.map(\.concept))
    return !Self.pointers(in: reading.concepts, of: utterance).isEmpty
      || words <= 3 && !said.isDisjoint(with: Self.questionWords)
  }

  /// Concepts that point at another of the things spoken of.
  private static let pointers: Set<String> = [
    "first_one", "second_one", "third_one", "last_one", "other_one",
  ]
  private static let questionWords: Set<String> = [
    "ask_when", "ask_where", "ask_how_much", "why", "ask_which",
  ]

  /// Whether a message says nothing by itself, and only answers what was asked before.
  private func isMereAnswer(_ outcome: Reading.Outcome, _ reading: Reading) -> Bool {
    let namesSomething = reading.entities.contains {
      [.orderNumber, .email, .postcode].contains($0.kind)
    }
    if hasPickedOrder, outcome.isUnclear { return true }
    switch outcome {
    case .nothing: return namesSomething || question != nil
    case .answerable(let answerables):
      return namesSomething && question != nil && answerables.allSatisfy(\.isSmallTalk)
    case .ambiguous:
      guard case .choice = question else { return namesSomething && question != nil }
      return true
    }
  }

  /// The intent that is meant by its place in the question ("2") or by its name.
  private func choice(
    among ids: [IntentID], labels: [IntentID: String], in utterance: Utterance,
    _ concepts: [ConceptHit]
  ) -> IntentID? {
    if let place = Self.place(in: ids.count, said: utterance, concepts) { return ids[place] }
    // By its name, or by the words of the name that no other choice has.
    let said = Set(Self.words(of: utterance.text))
    let names = ids.map { id in Set(labels[id].map(Self.words) ?? []) }
    let scores = names.enumerated().map { index, words in
      let own = words.filter { word in
        names.enumerated().allSatisfy { $0.offset == index || !$0.element.contains(word) }
      }
      return own.intersection(said).count
    }
    guard let best = scores.max(), best > 0, scores.count(where: { $0 == best }) == 1 else {
      return nil
    }
    return scores.firstIndex(of: best).map { ids[$0] }
  }

  /// The place in a list that a message names: "2", "the second", "the last one".
  package static func place(
    in count: Int, said utterance: Utterance, _ concepts: [ConceptHit]
  ) -> Int? {
    guard count > 0 else { return nil }
    let digits = utterance.folded.bytes.split { !(48...57).contains($0) }
    let letters = utterance.folded.bytes.count { $0 > 57 }
    if digits.count == 1, letters < 12,
      let place = digits.first.flatMap({
        Int(String(decoding: $0, as: UTF8.self))
      })
    {
      return (1...count).contains(place) ? place - 1 : nil
    }
    // "Ta druga" is the second one and the other one: the place says more.
    let said = pointers(in: concepts, of: utterance).subtracting(["other_one"])
    guard said.count == 1 else { return nil }
    let place =
      switch said.first {
      case "first_one": 0
      case "second_one": 1
      case "third_one": 2
      case "last_one": count - 1
      default: -1
      }
    return (0..<count).contains(place) ? place : nil
  }

  /// What a short message points at; in a longer one "the first time" points at nothing.
  package static func pointers(
    in concepts: [ConceptHit], of utterance: Utterance
  ) -> Set<String> {
    guard utterance.folded.bytes.split(separator: UInt8(ascii: " ")).count <= 6 else { return [] }
    return Set(concepts.filter { !$0.isDenied }.map(\.concept)).intersection(pointers)
  }

  /// The words of a text that can tell one thing from another.
  private static func words(of text: String) -> [String] {
    String(decoding: Folding.fold(text).bytes, as: UTF8.self).split(separator: " ")
      .map(String.init).filter { $0.utf8.count >= 4 }
  }

  /// Which of some orders a message means, by place, number or what is in it.
  package static func order(
    among views: [OrderView], in utterance: Utterance, _ reading: Reading
  ) -> OrderView? {
    place(in: views.count, said: utterance, reading.concepts).map { views[$0] }
      ?? order(named: views, in: utterance)
  }

  /// The order whose number, or something in it, a message names.
  package static func order(named views: [OrderView], in utterance: Utterance) -> OrderView? {
    let said = Set(words(of: utterance.text))
    let named = views.filter { view in
      let number = Set(words(of: view.order.number.description))
      return !number.isEmpty && number.isSubset(of: said)
        || view.order.items.contains { item in
          !said.isDisjoint(with: words(of: item.name ?? ""))
        }
    }
    return named.count == 1 ? named.first : nil
  }
}

extension Reading.Outcome {
  /// Whether nothing can be answered by itself.
  fileprivate var isUnclear: Bool {
    switch self {
    case .answerable(let answerables): answerables.allSatisfy(\.isSmallTalk)
    case .ambiguous, .nothing: true
    }
  }
}
