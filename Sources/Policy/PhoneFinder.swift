internal import Patterns

/// Finds telephone numbers: digits in groups that are dialled, and not another kind of number.
struct PhoneFinder: Sendable {
  private let announced: Pattern
  private let otherNumber: Pattern
  private let hidden: Pattern

  init(_ reading: ReadingRules) throws(PatternError) {
    announced = try Pattern(reading.announcesPhone)
    otherNumber = try Pattern(reading.announcesNumber)
    // Digits that belong to dates, years in brackets, times, prices, sizes and addresses of the net.
    hidden = try Pattern(
      #"\((?:19|20)[0-9]{2}\)|(?<![0-9.])[0-3]?[0-9]\. ?[01]?[0-9]\.(?=$|[,;)\n]| [a-z-])|(?<![0-9])(?:[0-3]?[0-9][./-][01]?[0-9][./-](?:20)?[0-9]{2}|20[0-9]{2}-[01][0-9]-[0-3][0-9]|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9]{1,3}(?:[ .,]?[0-9]{3})*(?:[.,][0-9]{1,2})? ?(?:zl|pln|eur|euro?s?|gbp|usd|ron|lei|huf|ft|czk|kc|€|£|\$|%|mm|cm|kg|g|ml|l|w|v|mah|kb|mb|gb|szt|pcs)(?!\w)|[0-9]+(?:[.,][0-9]+)? ?x ?[0-9]+(?:[.,][0-9]+)?(?: ?x ?[0-9]+(?:[.,][0-9]+)?)?)(?![0-9])"#
    )
  }

  /// Digits with what may stand between them, split into groups.
  private struct Candidate {
    var groups: [Range<Int>] = []
    var isInternational = false
  }

  /// Finds telephone numbers.
  /// - Parameters:
  ///   - form: a readable form of a text.
  ///   - references: numbers of the order in question.
  ///   - scratch: room for matches.
  /// - Returns: ranges of the original bytes, or nil when a search was given up.
  func phones(
    in form: ReadableText, except references: [String], using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    var bytes = form.bytes
    guard let covers = hidden.matches(in: bytes.span, using: scratch) else { return nil }
    for cover in covers {
      for place in cover.range where isDigit(bytes[place]) { bytes[place] = 120 }
    }
    let own = references.map { Array($0.utf8.filter(isDigit)) }
    var found: [Range<Int>] = []
    for candidate in candidates(in: bytes) {
      guard let first = candidate.groups.first, let last = candidate.groups.last else { continue }
      // Fewer are no number that is dialled, whatever announces them.
      guard candidate.groups.reduce(0, { $0 + $1.count }) >= 7 else { continue }
      let digits = candidate.groups.flatMap { bytes[$0] }
      guard !own.contains(where: { contains($0, digits) }) else { continue }
      let dials = isDialled(candidate, digits)
      guard
        let context = announcement(
          before: first.lowerBound, in: form, dials: dials, using: scratch)
      else { return nil }
      let whole = first.lowerBound..<last.upperBound
      if context == .phone ? (7...15).contains(digits.count) : dials {
        if context != .other { found.append(form.originalRange(of: whole)) }
      } else if context != .other, let part = window(of: candidate, in: bytes) {
        found.append(form.originalRange(of: part))
      }
    }
    return found
  }

  /// Runs of digit groups: up to three separating marks between two of them, or an ellipsis between spaces.
  private func candidates(in bytes: [UInt8]) -> [Candidate] {
    var found: [Candidate] = []
    var current = Candidate()
    var place = 0
    while place < bytes.count {
      guard isDigit(bytes[place]) else {
        place += 1
        continue
      }
      var end = place
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      // Letters beside digits make a code of them: `AB123456789GB`, `x800`.
      let isCode =
        place > 0 && (isLetter(bytes[place - 1]) || bytes[place - 1] >= 0x80)
        || end < bytes.count && (isLetter(bytes[end]) || bytes[end] >= 0x80)
      if let last = current.groups.last, isCode || !areJoined(last.upperBound..<place, bytes) {
        found.append(current)
        current = Candidate()
      }
      if !isCode {
        if current.groups.isEmpty {
          current.isInternational = bytes[..<place].last { $0 != 40 && $0 != 32 } == 43
        }
        current.groups.append(place..<end)
      }
      place = end
    }
    if !current.groups.isEmpty { found.append(current) }
    return found
  }

  private static let separators: Set<UInt8> = Set(" -./()*_|~,;\n".utf8)

  private func areJoined(_ gap: Range<Int>, _ bytes: [UInt8]) -> Bool {
    // An ellipsis counts as one mark: `20 ... 418`.
    gap.count <= 6 && bytes[gap].allSatisfy(Self.separators.contains)
      && (gap.count <= 3 || bytes[gap].count { $0 != UInt8(ascii: ".") } < 3)
  }

  /// Whether all digits together are dialled in one of the forms of Europe (ITU-T E.164: 15 digits
  /// at the most).
  private func isDialled(_ candidate: Candidate, _ digits: [UInt8]) -> Bool {
    let sizes = candidate.groups.map(\.count)
    let starts = digits.prefix(2).map { Int($0) - 48 }
    guard digits.count >= 9, digits.count <= 15, starts.count == 2 else { return false }
    if candidate.isInternational || starts == [0, 0] && digits[2] != 48 {
      return digits.count >= 10 || candidate.isInternational
    }
    // Trunk zero: United Kingdom, Germany, Romania, Slovakia, Hungary (06), the old Polish 0.
    if starts[0] == 0 { return starts[1] != 0 && (9...12).contains(digits.count) }
    guard digits.count == 9 else { return false }
    let prefix = starts[0] * 10 + starts[1]
    if Self.mobilePrefixes.contains(prefix) {
      return sizes.allSatisfy { $0 <= 4 } || sizes.count == 1
    }
    // Polish landlines are grouped 2-3-2-2, Czech and other nine-digit numbers 3-3-3.
    return sizes == [2, 3, 2, 2] || sizes == [2, 3, 4] || sizes == [3, 3, 3] && starts[0] >= 2
  }

  /// Beginnings of Polish mobile numbers (numbering plan of UKE), and Czech and Slovak 60x, 70x, 77x.
  private static let mobilePrefixes: Set<Int> = [
    45, 50, 51, 53, 57, 60, 66, 69, 70, 72, 73, 77, 78, 79, 88,
  ]

  /// A part of a longer run that is written as a number is: three groups of three, or with a plus.
  private func window(of candidate: Candidate, in bytes: [UInt8]) -> Range<Int>? {
    guard candidate.groups.count > 3 else { return nil }
    for start in 0...(candidate.groups.count - 3) {
      let groups = candidate.groups[start..<start + 3]
      guard groups.allSatisfy({ $0.count == 3 }), let first = groups.first, let last = groups.last
      else { continue }
      let prefix = Int(bytes[first.lowerBound] - 48) * 10 + Int(bytes[first.lowerBound + 1] - 48)
      if Self.mobilePrefixes.contains(prefix) { return first.lowerBound..<last.upperBound }
    }
    return nil
  }

  private enum Announcement { case phone, other, nothing }

  /// What the words before a number announce: the nearest of them counts; but "call about your order
  /// on" announces a number that can be dialled, since "order" does not touch it.
  private func announcement(
    before place: Int, in form: ReadableText, dials: Bool, using scratch: borrowing MatchScratch
  ) -> Announcement? {
    // Far enough for "the serial number on the base is", near enough to be about this number.
    let start = max(form.sentence(around: place).lowerBound, place - 48)
    var from = start
    while from < place, form.bytes[from] & 0xC0 == 0x80 { from += 1 }
    let before = form.bytes.span.extracting(from..<place)
    guard let phones = announced.matches(in: before, using: scratch),
      let others = otherNumber.matches(in: before, using: scratch)
    else { return nil }
    let phone = phones.last?.range.upperBound ?? -1
    let other = others.last?.range.upperBound ?? -1
    if phone < 0, other < 0 { return .nothing }
    let isTouched = other >= 0 && !form.bytes[from + other..<place].contains(where: isLetter)
    return phone >= other || phone >= 0 && dials && !isTouched ? .phone : .other
  }

  private func contains(_ number: [UInt8], _ digits: [UInt8]) -> Bool {
    guard number.count >= digits.count else { return false }
    return (0...(number.count - digits.count)).contains {
      Array(number[$0..<$0 + digits.count]) == digits
    }
  }
}
