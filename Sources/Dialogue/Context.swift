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
      if let chosen = choice(among: ids, labels: labels, in: utterance) {
        question = nil
        chosenIntent = chosen.description
        if let answerable = open.chosen(chosen) { return .answerable([answerable]) }
      }
      return outcome
    }
    if outcome != .nothing {
      openMessage = utterance.text
      chosenIntent = nil
    }
    return outcome
  }

  /// Whether a message says nothing by itself, and only answers what was asked before.
  private func isMereAnswer(_ outcome: Reading.Outcome, _ reading: Reading) -> Bool {
    let namesSomething = reading.entities.contains {
      [.orderNumber, .email, .postcode].contains($0.kind)
    }
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
    among ids: [IntentID], labels: [IntentID: String], in utterance: Utterance
  ) -> IntentID? {
    let said = utterance.folded.bytes
    if let digit = said.first, said.count == 1, (49...57).contains(digit) {
      let place = Int(digit) - 49
      return ids.indices.contains(place) ? ids[place] : nil
    }
    let named = ids.filter { id in
      guard let label = labels[id] else { return false }
      return said == Folding.fold(label).bytes
    }
    return named.count == 1 ? named.first : nil
  }
}
