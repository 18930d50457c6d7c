import Commerce
import Testing

/// A deadline, an event and the last moment, each in the time of the country whose days count.
struct DeadlineRow: Sendable, CustomTestStringConvertible {
  let deadline: String
  let country: String
  let start: String
  let due: String
  /// How a person reckons it.
  let reckoning: String

  init(
    _ deadline: String, _ country: String, _ start: String, _ due: String, _ reckoning: String
  ) {
    self.deadline = deadline
    self.country = country
    self.start = start
    self.due = due
    self.reckoning = reckoning
  }

  var testDescription: String { "\(deadline) in \(country) from \(start): \(reckoning)" }
}

/// Reckoned with a wall calendar, and the holidays of policy-facts, section 3, and of Austria; the
/// table of `docs/deadlines.md` shows the same rows.
let deadlineRows: [DeadlineRow] = [
  // 24 working hours on Polish days.
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-06-15T10:00:00+02:00", "2026-06-16T10:00:00+02:00",
    "nothing between Monday and Tuesday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-06-12T16:30:00+02:00", "2026-06-15T16:30:00+02:00",
    "7½ hours on Friday, 16½ on Monday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-06-13T09:15:00+02:00", "2026-06-16T00:00:00+02:00",
    "opened on a Saturday: the whole Monday, and not a minute more"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-12-23T18:00:00+01:00", "2026-12-28T18:00:00+01:00",
    "6 hours on Wednesday; three holidays and a Sunday; 18 on Monday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2024-12-23T18:00:00+01:00", "2024-12-24T18:00:00+01:00",
    "Christmas Eve of 2024 was a working day still"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-12-31T12:00:00+01:00", "2027-01-04T12:00:00+01:00",
    "12 hours of the old year; New Year on a Friday, a weekend; 12 on Monday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2027-01-05T20:00:00+01:00", "2027-01-07T20:00:00+01:00",
    "4 hours on Tuesday; Epiphany; 20 on Thursday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-04-03T14:00:00+02:00", "2026-04-07T14:00:00+02:00",
    "10 hours on Good Friday, which Poland works; Easter to Monday 6 April; 14 on Tuesday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2027-03-26T10:00:00+01:00", "2027-03-30T10:00:00+02:00",
    "14 hours on Good Friday; Easter Monday 29 March; 10 on Tuesday; the lost hour is Sunday's"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-10-23T13:00:00+02:00", "2026-10-26T13:00:00+01:00",
    "11 hours on Friday, 13 on Monday; the hour won is Sunday's"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-04-30T15:00:00+02:00", "2026-05-04T15:00:00+02:00",
    "9 hours on Thursday; 1 and 3 May and the Saturday between; 15 on Monday"),
  DeadlineRow(
    "allegro-discussion-answer", "PL", "2026-06-03T11:00:00+02:00", "2026-06-05T11:00:00+02:00",
    "13 hours on Wednesday; Corpus Christi, 60 days after 5 April; 11 on Friday"),
  DeadlineRow(
    "allegro-discussion-answer", "CZ", "2026-09-28T12:00:00+02:00", "2026-09-29T12:00:00+02:00",
    "a Czech holiday does not stop a Polish clock"),

  // Running hours.
  DeadlineRow(
    "allegro-discussion-best", "PL", "2026-06-13T23:30:00+02:00", "2026-06-14T01:30:00+02:00",
    "two hours are two hours, on a Saturday night too"),
  DeadlineRow(
    "amazon-answer", "DE", "2026-12-24T22:00:00+01:00", "2026-12-25T22:00:00+01:00",
    "Christmas counts"),
  DeadlineRow(
    "amazon-answer", "DE", "2026-03-28T12:00:00+01:00", "2026-03-29T13:00:00+02:00",
    "the night has an hour less, so the wall clock shows one more"),
  DeadlineRow(
    "amazon-answer", "PL", "2026-10-24T12:00:00+02:00", "2026-10-25T11:00:00+01:00",
    "the night has an hour more, so the wall clock shows one less"),
  DeadlineRow(
    "amazon-answer", "GB", "2026-12-31T23:30:00Z", "2027-01-01T23:30:00Z",
    "over the turn of the year"),
  DeadlineRow(
    "answer-target", "CZ", "2026-03-14T08:00:00+01:00", "2026-03-15T08:00:00+01:00",
    "a Saturday's message on Sunday"),
  DeadlineRow(
    "whatsapp-window", "RO", "2026-10-24T20:00:00+03:00", "2026-10-25T19:00:00+02:00",
    "the night has an hour more"),

  // 48 working hours on German days.
  DeadlineRow(
    "kaufland-ticket", "DE", "2025-10-02T09:00:00+02:00", "2025-10-07T09:00:00+02:00",
    "15 hours on Thursday; 3 October on a Friday, a weekend; 24 on Monday, 9 on Tuesday"),
  DeadlineRow(
    "kaufland-ticket", "DE", "2026-10-02T10:00:00+02:00", "2026-10-06T10:00:00+02:00",
    "14 hours on Friday; 3 October is a Saturday anyway; 24 on Monday, 10 on Tuesday"),
  DeadlineRow(
    "kaufland-ticket", "DE", "2026-10-04T18:00:00+02:00", "2026-10-07T00:00:00+02:00",
    "a Sunday's ticket: the whole Monday and Tuesday"),
  DeadlineRow(
    "kaufland-ticket", "DE", "2026-04-02T12:00:00+02:00", "2026-04-08T12:00:00+02:00",
    "12 hours on Thursday; Good Friday to Easter Monday; 24 on Tuesday, 12 on Wednesday"),
  DeadlineRow(
    "kaufland-ticket", "DE", "2026-12-23T15:00:00+01:00", "2026-12-28T15:00:00+01:00",
    "9 hours on Wednesday, 24 on Christmas Eve, which Germany works, 15 on Monday"),

  // 14 days.
  DeadlineRow(
    "withdrawal-refund", "PL", "2026-09-12T10:00:00+02:00", "2026-09-28T23:59:59+02:00",
    "12 + 14 = 26 September, a Saturday: Monday"),
  DeadlineRow(
    "withdrawal-refund", "CZ", "2026-09-12T10:00:00+02:00", "2026-09-29T23:59:59+02:00",
    "the same Monday is St Wenceslas' Day: Tuesday"),
  DeadlineRow(
    "withdrawal-refund", "PL", "2026-03-15T10:00:00+01:00", "2026-03-30T23:59:59+02:00",
    "15 + 14 = 29 March, the Sunday on which the clocks change: Monday, in summer time"),
  DeadlineRow(
    "withdrawal-refund", "PL", "2026-07-01T00:30:00+02:00", "2026-07-15T23:59:59+02:00",
    "in Poland it is 1 July already: the 15th"),
  DeadlineRow(
    "withdrawal-refund-uk", "GB", "2026-06-30T23:30:00+01:00", "2026-07-14T23:59:59+01:00",
    "the same moment, in England still 30 June: the 14th"),
  DeadlineRow(
    "withdrawal-refund", "DE", "2026-12-11T10:00:00+01:00", "2026-12-28T23:59:59+01:00",
    "11 + 14 = 25 December, Boxing Day, Sunday: Monday"),
  DeadlineRow(
    "withdrawal-refund-uk", "GB", "2026-12-11T10:00:00Z", "2026-12-29T23:59:59Z",
    "the same, and Monday stands in for Boxing Day on a Saturday: Tuesday"),
  DeadlineRow(
    "complaint-pl", "PL", "2026-12-10T15:00:00+01:00", "2026-12-28T23:59:59+01:00",
    "10 + 14 = Christmas Eve, a holiday; then two more and a Sunday: Monday"),
  DeadlineRow(
    "complaint-pl", "PL", "2024-12-10T15:00:00+01:00", "2024-12-24T23:59:59+01:00",
    "Christmas Eve of 2024, a Tuesday, was a working day still"),
  DeadlineRow(
    "complaint-pl", "PL", "2026-12-23T15:00:00+01:00", "2027-01-07T23:59:59+01:00",
    "23 + 14 = 37 = 6 January, Epiphany: Thursday"),
  DeadlineRow(
    "complaint-pl", "PL", "2026-03-23T09:00:00+01:00", "2026-04-07T23:59:59+02:00",
    "23 + 14 = 37 = 6 April, Easter Monday: Tuesday"),

  // 30 and 15 days.
  DeadlineRow(
    "complaint-cz", "CZ", "2026-03-04T09:00:00+01:00", "2026-04-07T23:59:59+02:00",
    "4 + 30 = 34 = 3 April, Good Friday; Easter to Monday: Tuesday"),
  DeadlineRow(
    "complaint-cz", "CZ", "2026-10-18T09:00:00+02:00", "2026-11-18T23:59:59+01:00",
    "18 + 30 = 48 = 17 November, a holiday on a Tuesday: Wednesday"),
  DeadlineRow(
    "complaint-sk", "SK", "2026-08-16T09:00:00+02:00", "2026-09-15T23:59:59+02:00",
    "16 + 30 = 46 = 15 September, worked in 2026"),
  DeadlineRow(
    "complaint-sk", "SK", "2027-08-16T09:00:00+02:00", "2027-09-16T23:59:59+02:00",
    "the same day is a holiday again in 2027, a Wednesday: Thursday"),
  DeadlineRow(
    "complaint-hu", "HU", "2026-07-09T09:00:00+02:00", "2026-08-08T23:59:59+02:00",
    "9 + 30 = 39 = 8 August, a Saturday that is worked"),
  DeadlineRow(
    "complaint-hu", "HU", "2026-07-22T09:00:00+02:00", "2026-08-24T23:59:59+02:00",
    "22 + 30 = 52 = 21 August, the Friday off in its place; a weekend: Monday"),
  DeadlineRow(
    "delivery-default", "AT", "2026-09-26T09:00:00+02:00", "2026-10-27T23:59:59+01:00",
    "26 + 30 = 56 = 26 October, the Austrian holiday, a Monday: Tuesday"),
  DeadlineRow(
    "repair-ro", "RO", "2026-11-16T09:00:00+02:00", "2026-12-02T23:59:59+02:00",
    "16 + 15 = 31 = 1 December, the National Day, a Tuesday: Wednesday"),
  DeadlineRow(
    "repair-ro", "RO", "2026-03-26T09:00:00+02:00", "2026-04-14T23:59:59+03:00",
    "26 + 15 = 41 = 10 April, the Orthodox Good Friday; Easter to Monday: Tuesday"),
  DeadlineRow(
    "repair-ro", "RO", "2027-04-15T09:00:00+03:00", "2027-05-04T23:59:59+03:00",
    "15 + 15 = 30 April, the Orthodox Good Friday; 1 May, Easter on the 2nd and 3rd: Tuesday"),

  // 5 working days on Hungarian days.
  DeadlineRow(
    "complaint-hu-position", "HU", "2026-12-07T09:00:00+01:00", "2026-12-12T23:59:59+01:00",
    "8, 9, 10, 11 and Saturday the 12th, which is worked"),
  DeadlineRow(
    "complaint-hu-position", "HU", "2026-12-18T09:00:00+01:00", "2026-12-29T23:59:59+01:00",
    "21, 22, 23; the 24th is off, Christmas, Sunday; 28, 29"),
  DeadlineRow(
    "complaint-hu-position", "HU", "2025-12-30T09:00:00+01:00", "2026-01-08T23:59:59+01:00",
    "31; New Year, Friday the 2nd is off, a weekend; 5, 6, 7, 8"),

  // A month.
  DeadlineRow(
    "gdpr-request", "DE", "2028-01-31T09:00:00+01:00", "2028-02-29T23:59:59+01:00",
    "no 31 February: the last day, in a leap year the 29th, a Tuesday"),
  DeadlineRow(
    "gdpr-request", "DE", "2026-01-31T09:00:00+01:00", "2026-03-02T23:59:59+01:00",
    "no 31 February: the 28th, a Saturday: Monday"),
  DeadlineRow(
    "gdpr-request", "DE", "2026-03-31T09:00:00+02:00", "2026-04-30T23:59:59+02:00",
    "no 31 April: the 30th, a Thursday"),
  DeadlineRow(
    "gdpr-request", "PL", "2026-12-31T09:00:00+01:00", "2027-02-01T23:59:59+01:00",
    "31 January of the next year, a Sunday: Monday"),
  DeadlineRow(
    "gdpr-request", "PL", "2026-12-06T09:00:00+01:00", "2027-01-07T23:59:59+01:00",
    "6 January is Epiphany: Thursday"),
  DeadlineRow(
    "gdpr-request", "GB", "2026-11-25T09:00:00Z", "2026-12-29T23:59:59Z",
    "25 December, Boxing Day, Sunday, the substitute Monday: Tuesday"),
]
