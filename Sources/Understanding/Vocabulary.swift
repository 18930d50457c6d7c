internal import Diagnostics
internal import Language
internal import Patterns

/// Everything by which words mean something, in all languages, in one table: one pass over a
/// message finds it all, and tells the language by the way.
struct Vocabulary: Sendable {
  /// What a keyword of the table stands for.
  enum Meaning: Sendable, Hashable {
    /// A concept's word: the concept.
    case concept(Int)
    /// A keyword that an intent has in this language alone: its place among `keywords`.
    case keyword(Int)
    case clauseBreak
    case deniesFollowing
    case deniesPreceding
    /// One of the small words by which a language is told.
    case functionWord
    /// A word of a phrase: it means nothing alone, but is spelt right.
    case known
  }

  /// A meaning in one language.
  struct Signal: Sendable, Hashable {
    /// The language's place among `locales`.
    let language: Int
    let meaning: Meaning
  }

  struct Keyword: Sendable {
    let intent: Int
    let points: Double
    let text: String
  }

  let locales: [LocaleTag]
  /// The names of all concepts, sorted; rules refer to them by their place.
  let concepts: [String]
  private(set) var keywords: [Keyword] = []
  /// For each language what its words say beside concepts and keywords.
  let hints: [HintTable]
  private let table: KeywordTable
  /// What each number of the table stands for.
  private let signals: Table<Signal>
  /// For each language the concepts that an entity belongs to, whatever its words.
  private(set) var entityConcepts: [[Entity.Kind: [Int]]]
  /// For each language the syllables that deny the word they are written with.
  let denyingPrefixes: [[[UInt8]]]
  /// For each language what mends its typos.
  private var spelling: [Spelling]
  /// Keywords that are tried.
  private var trial: Trial?
  /// The letters beyond ASCII that a language's own words have, and in which languages they occur.
  let letters: [Unicode.Scalar: [Int]]
  /// Concepts that a mistyped word is never taken for: those that settle a risky intent alone.
  let unmendable: Set<Int>
  /// How likely letters follow each other, without diacritics and with them.
  let foldedSequences: LetterSequences
  let writtenSequences: LetterSequences
  /// How the lines look at which a message stops being the buyer's own.
  let marks: QuotationMarks

  /// Puts all words into one table.
  /// - Parameters:
  ///   - lexicons: the languages.
  ///   - intents: the intents; keywords refer to them by their place.
  ///   - hints: what single words say beside them.
  ///   - found: receives every fault.
  init(
    _ lexicons: [Lexicon], _ intents: [Intent], _ hints: [Hints], _ found: inout [Diagnostic]
  ) {
    let lexicons = lexicons.sorted { $0.locale < $1.locale }
    locales = lexicons.map(\.locale)
    concepts = Set(lexicons.flatMap(\.concepts.keys)).sorted()
    denyingPrefixes = lexicons.map(\.negation.prefixes)
    marks = lexicons.reduce(into: QuotationMarks()) { $0.add($1.marks) }
    letters = Self.letters(of: lexicons)
    (foldedSequences, writtenSequences) = Self.sequences(of: lexicons)
    let numbers = Dictionary(uniqueKeysWithValues: zip(concepts, 0...))
    unmendable = Self.unmendable(intents, concepts)
    var builder = KeywordTableBuilder()
    var signals: [Signal] = []
    var numbersOfSignals: [Signal: Int] = [:]
    func number(of signal: Signal) -> Int {
      if let number = numbersOfSignals[signal] { return number }
      numbersOfSignals[signal] = signals.count
      signals.append(signal)
      return signals.count - 1
    }
    var entityConcepts = lexicons.map { _ in [Entity.Kind: [Int]]() }
    var spelling: [Spelling] = []
    for (language, lexicon) in lexicons.enumerated() {
      var words = WordCollection()
      func insert(_ entry: Located<String>, _ meaning: Meaning) {
        for form in lexicon.forms(of: entry.value) {
          do throws(KeywordError) {
            try builder.insert(
              form, value: number(of: Signal(language: language, meaning: meaning)))
            words.add(form)
          } catch {
            found.append(.unusable(entry, as: "keyword", because: error.message))
          }
        }
      }
      for (name, entries) in lexicon.sortedConcepts {
        guard let number = numbers[name] else { continue }
        for entry in entries {
          if let kind = Lexicon.entityKind(of: entry.value) {
            entityConcepts[language][kind, default: []].append(number)
          } else {
            insert(entry, .concept(number))
          }
        }
      }
      for entry in lexicon.clauseBreaks { insert(entry, .clauseBreak) }
      for entry in lexicon.negation.before { insert(entry, .deniesFollowing) }
      for entry in lexicon.negation.after { insert(entry, .deniesPreceding) }
      for (index, intent) in intents.enumerated() {
        for (entry, points) in intent.wordings[lexicon.locale]?.keywords ?? [] {
          insert(entry, .keyword(keywords.count))
          keywords.append(Keyword(intent: index, points: points, text: entry.value))
        }
      }
      func insertAlone(_ word: [UInt8], _ meaning: Meaning) {
        // A word that cannot be a keyword is no word to know either.
        try? builder.insert(word, value: number(of: Signal(language: language, meaning: meaning)))
      }
      for word in lexicon.functionWords {
        for form in lexicon.forms(of: word.value) {
          insertAlone(form, .functionWord)
          words.add(form)
        }
      }
      for word in lexicon.otherWords {
        for form in lexicon.forms(of: word.value) {
          insertAlone(form, .known)
          words.add(form)
        }
      }
      for part in words.partsOfPhrases { insertAlone(part, .known) }
      spelling.append(Spelling(words.single))
    }
    self.hints = lexicons.map { HintTable(of: hints, in: $0, intents, &found) }
    table = builder.table
    self.signals = Table(signals)
    self.entityConcepts = entityConcepts
    self.spelling = spelling
  }

  /// Reads the tables back that were made of the same lexicons and intents.
  init(
    _ lexicons: [Lexicon], _ intents: [Intent], _ archive: inout TableArchive.Reader
  ) throws(TableArchive.Damaged) {
    let lexicons = lexicons.sorted { $0.locale < $1.locale }
    locales = lexicons.map(\.locale)
    concepts = Set(lexicons.flatMap(\.concepts.keys)).sorted()
    denyingPrefixes = lexicons.map(\.negation.prefixes)
    marks = lexicons.reduce(into: QuotationMarks()) { $0.add($1.marks) }
    unmendable = Self.unmendable(intents, concepts)
    keywords = lexicons.flatMap { lexicon in
      intents.enumerated().flatMap { index, intent in
        (intent.wordings[lexicon.locale]?.keywords ?? []).map { entry, points in
          Keyword(intent: index, points: points, text: entry.value)
        }
      }
    }
    table = try KeywordTable(&archive)
    signals = try archive.table()
    foldedSequences = try LetterSequences(&archive, languages: lexicons.count)
    writtenSequences = try LetterSequences(&archive, languages: lexicons.count)
    var spelling: [Spelling] = []
    var entityConcepts: [[Entity.Kind: [Int]]] = []
    for _ in lexicons {
      spelling.append(try Spelling(&archive))
      let kinds = try archive.array(of: Int.self)
      let numbers = try archive.array(of: Int.self)
      guard kinds.count == numbers.count, kinds.allSatisfy(Entity.Kind.allCases.indices.contains)
      else { throw TableArchive.Damaged() }
      entityConcepts.append(
        zip(kinds, numbers).reduce(into: [:]) { concepts, entry in
          concepts[Entity.Kind.allCases[entry.0], default: []].append(entry.1)
        })
    }
    self.spelling = spelling
    self.entityConcepts = entityConcepts
    var hints: [HintTable] = []
    for _ in lexicons { hints.append(try HintTable(&archive)) }
    self.hints = hints
    let scalars = try archive.array(of: UInt32.self)
    let languages = try archive.lists()
    guard scalars.count == languages.count else { throw TableArchive.Damaged() }
    letters = zip(scalars, languages).reduce(into: [:]) { letters, entry in
      if let scalar = Unicode.Scalar(entry.0) { letters[scalar] = entry.1.map(Int.init) }
    }
  }

  /// Writes what takes long to make.
  func write(to archive: inout TableArchive) {
    table.write(to: &archive)
    archive.add(signals)
    foldedSequences.write(to: &archive)
    writtenSequences.write(to: &archive)
    for language in locales.indices {
      spelling[language].write(to: &archive)
      let entries = Entity.Kind.allCases.indices.flatMap { kind in
        (entityConcepts[language][Entity.Kind.allCases[kind]] ?? []).map { (kind, $0) }
      }
      archive.add(entries.map(\.0))
      archive.add(entries.map(\.1))
    }
    for language in locales.indices { hints[language].write(to: &archive) }
    let sorted = letters.sorted { $0.key < $1.key }
    archive.add(sorted.map(\.key.value))
    archive.add(sorted.map { $0.value.map { UInt8(truncatingIfNeeded: $0) } })
  }

  /// Concepts that settle a risky intent alone.
  private static func unmendable(_ intents: [Intent], _ concepts: [String]) -> Set<Int> {
    let numbers = Dictionary(uniqueKeysWithValues: zip(concepts, 0...))
    let decisive = intents.filter { $0.risk > 0 }.flatMap(\.rules).filter { $0.points >= 1.5 }
    return Set(decisive.compactMap { numbers[$0.combination.value] })
  }

  /// Finds every word that means something in any language.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that a keyword covers, and what it means.
  func forEachSignal(in text: Span<UInt8>, _ body: (Range<Int>, Signal) -> Void) {
    table.forEachMatch(in: text) { range, number in body(range, signals[number]) }
    if let trial {
      trial.table.forEachMatch(in: text) { range, number in body(range, trial.signals[number]) }
    }
  }

  /// The word that was meant by one that is not known; nil where that is open.
  func mended(_ word: ArraySlice<UInt8>, in language: Int) -> [UInt8]? {
    spelling[language].mended(word, knowing: trial?.spelling[language])
  }

  /// Every word that means something in any language.
  /// - Parameter text: a folded text.
  /// - Returns: the words, and what they mean.
  func sightings(in text: FoldedText) -> Sightings {
    var sightings = Sightings()
    // Most words mean something in several languages.
    sightings.found.reserveCapacity(text.bytes.count)
    forEachSignal(in: text.bytes.span) { sightings.found.append(($0, $1)) }
    return sightings
  }

  /// The place of a concept among `concepts`.
  func number(of concept: String) -> Int? {
    var low = 0
    var high = concepts.count
    while low < high {
      let middle = (low + high) / 2
      if concepts[middle] < concept { low = middle + 1 } else { high = middle }
    }
    return low < concepts.count && concepts[low] == concept ? low : nil
  }

  /// Keywords beside the table, which takes long to make.
  private struct Trial: Sendable {
    var builder = KeywordTableBuilder()
    var table = KeywordTableBuilder().table
    var signals: [Signal] = []
    var words: [Int: WordCollection] = [:]
    var spelling: [Int: Spelling] = [:]

    mutating func insert(_ keyword: [UInt8], _ signal: Signal) throws(KeywordError) {
      try builder.insert(keyword, value: signals.count)
      signals.append(signal)
    }
  }

  /// Adds a keyword as if it had been there when the table was made.
  /// - Parameters:
  ///   - keyword: the keyword.
  ///   - forms: its folded forms.
  ///   - language: the language's place among `locales`.
  /// - Throws: `KeywordError` for a keyword that cannot be one.
  mutating func add(
    _ keyword: Keyword, _ forms: [[UInt8]], in language: Int
  ) throws(KeywordError) {
    var trial = trial ?? Trial()
    var words = trial.words[language] ?? WordCollection()
    for form in forms {
      try trial.insert(form, Signal(language: language, meaning: .keyword(keywords.count)))
      words.add(form)
    }
    for part in words.partsOfPhrases {
      try trial.insert(part, Signal(language: language, meaning: .known))
    }
    trial.words[language] = words
    trial.spelling[language] = Spelling(words.single)
    trial.table = trial.builder.table
    keywords.append(keyword)
    self.trial = trial
  }

  private static func sequences(
    of lexicons: [Lexicon]
  ) -> (folded: LetterSequences, written: LetterSequences) {
    // Small words are met in every sentence.
    let weightOfSmallWords: Int32 = 3
    let all = lexicons.concurrentMap { lexicon in
      var counts = (LetterSequences.Counts(), LetterSequences.Counts())
      func add(_ entry: String, weight: Int32) {
        var letters: [UInt32] = []
        var isBeginning = false
        func finishWord() {
          defer {
            letters.removeAll(keepingCapacity: true)
            isBeginning = false
          }
          // Most words of a phrase have been counted with another one.
          guard !letters.isEmpty,
            counts.1.add(letters, isBeginning: isBeginning, weight: weight)
          else { return }
          var word = String.UnicodeScalarView()
          word.append(contentsOf: letters.compactMap(Unicode.Scalar.init))
          let plain = Folding.keyword(String(word)).map(UInt32.init)
          counts.0.add(plain, isBeginning: isBeginning, weight: weight)
        }
        for scalar in entry.lowercased().unicodeScalars {
          if scalar == "*" {
            isBeginning = !letters.isEmpty
          } else if scalar.isASCII
            ? ("a"..."z").contains(scalar) : scalar.properties.isAlphabetic
          {
            letters.append(scalar.value)
          } else {
            finishWord()
          }
        }
        finishWord()
      }
      for word in lexicon.functionWords { add(word.value, weight: weightOfSmallWords) }
      for (_, entries) in lexicon.sortedConcepts {
        for entry in entries where Lexicon.entityKind(of: entry.value) == nil {
          add(entry.value, weight: 1)
        }
      }
      return counts
    }
    return (LetterSequences(all.map(\.0)), LetterSequences(all.map(\.1)))
  }

  private static func letters(of lexicons: [Lexicon]) -> [Unicode.Scalar: [Int]] {
    var letters: [Unicode.Scalar: [Int]] = [:]
    for (language, lexicon) in lexicons.enumerated() {
      let words = ([lexicon.functionWords] + lexicon.concepts.values).joined().map(\.value)
      var counts: [Unicode.Scalar: Int] = [:]
      for word in words {
        for scalar in word.lowercased().unicodeScalars
        where !scalar.isASCII && scalar.properties.isAlphabetic {
          counts[scalar, default: 0] += 1
        }
      }
      // A letter that stands in one or two words came with a loan word or a name.
      for (scalar, count) in counts where count >= 3 {
        letters[scalar, default: []].append(language)
      }
    }
    return letters
  }
}

/// The words of a language's keywords: alone, and as parts of phrases.
private struct WordCollection: Sendable {
  private(set) var single: Set<[UInt8]> = []
  private var parts: Set<[UInt8]> = []

  mutating func add(_ keyword: [UInt8]) {
    let words = keyword.split(separator: UInt8(ascii: " ")).filter { !$0.elementsEqual("..".utf8) }
    if words.count == 1 {
      single.insert(Array(words[0]))
    } else {
      for word in words { parts.insert(Array(word)) }
    }
  }

  var partsOfPhrases: [[UInt8]] {
    parts.subtracting(single).sorted { $0.lexicographicallyPrecedes($1) }
  }
}
