/// Something about the time, consent or repetition of a message that a rule can look for by name,
/// because no words could tell (policy-facts, section 4).
enum ContextCondition: String, CaseIterable, Sendable {
  /// A request for a review outside its days after delivery: `first_day`, `last_day`.
  case reviewWindow = "review_window"
  /// A second request for a review of the order.
  case reviewAskedBefore = "review_asked_before"
  /// Recipients that were chosen by how content they are.
  case selectiveCampaign = "selective_campaign"
  /// No consent for one of `purposes` on this channel.
  case noConsent = "no_consent"
  /// A consent for one of `purposes` that nothing proves.
  case undocumentedConsent = "undocumented_consent"
  /// No consent of any purpose for this channel.
  case noOptIn = "no_opt_in"
  /// The buyer said stop, and the message is none of `purposes`, which the order needs.
  case optedOut = "opted_out"
  /// The buyer wants no messages but those that the order needs: none of `purposes`.
  case notCritical = "not_critical"
  /// A contact after a bad review that is not the platform's template, or one too many.
  case negativeReviewContact = "negative_review_contact"
  /// The order's number does not stand in the text.
  case missingOrderNumber = "missing_order_number"
  /// Later than `days` after the order was complete.
  case lateAfterCompletion = "late_after_completion"
  /// The rule's scope alone decides.
  case always
  /// The words alone decide: the rule's `when`, or one of `purposes`.
  case wordsOrPurpose = "words_or_purpose"
  /// Nothing but courtesy, or one of `purposes`.
  case onlyCourtesy = "only_courtesy"
  /// A free text when the buyer last wrote longer than `hours` ago.
  case outsideWindow = "outside_window"
  /// A template of one of `categories` with the words of the rule's `when`.
  case templateCategory = "template_category"
  /// Outside `from` to `until` o'clock where the buyer lives; none of `purposes`.
  case quietHours = "quiet_hours"
  /// More than `most` messages on one matter without an answer.
  case tooOften = "too_often"
  /// Later than `hours` on the clock of the marketplace.
  case pastDeadline = "past_deadline"
  /// A machine decides a matter of `intents` instead of handing it over.
  case decidesSensitive = "decides_sensitive"
  /// The first automated answer does not say that it is one.
  case undisclosed
}
