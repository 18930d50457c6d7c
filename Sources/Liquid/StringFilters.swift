extension FilterTable {
  /// A filter that makes a text of a text.
  mutating func addText(_ name: String, _ change: @escaping @Sendable (String) -> String) {
    add(name) { value, arguments throws(FilterError) in
      .string(change(try arguments.text(value)))
    }
  }

  mutating func addStringFilters() {
    addText("upcase") { $0.uppercased() }
    addText("downcase") { $0.lowercased() }
    addText("capitalize") { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
    addText("strip") { $0.trimming(start: true, end: true) }
    addText("lstrip") { $0.trimming(start: true, end: false) }
    addText("rstrip") { $0.trimming(start: false, end: true) }
    add("append", arguments: 1...1) { value, arguments throws(FilterError) in
      .string(try arguments.text(value) + arguments.text(arguments[0]))
    }
    add("prepend", arguments: 1...1) { value, arguments throws(FilterError) in
      .string(try arguments.text(arguments[0]) + arguments.text(value))
    }
    addReplacements()
    addCuts()
    add("split", arguments: 1...1) { value, arguments throws(FilterError) in
      .list(try arguments.text(value).split(by: arguments[0].text).map(Value.string))
    }
    add("default", arguments: 0...1, named: ["allow_false"], takesNothing: true) {
      value, arguments in
      let fallback = arguments.count == 0 ? .string("") : arguments[0]
      return switch value {
      case .nothing, .string(""), .list([]), .object([:]): fallback
      case .bool(false): arguments["allow_false"]?.isTruthy == true ? value : fallback
      default: value
      }
    }
  }

  private mutating func addReplacements() {
    /// Which of all places are replaced, and which one an empty text has.
    func replacement(
      _ suffix: String, arguments: ClosedRange<Int>,
      _ choose: @escaping @Sendable (String, String) -> [Range<Int>]
    ) {
      add("replace" + suffix, arguments: arguments) { value, arguments throws(FilterError) in
        let text = try arguments.text(value)
        let replacement = try arguments.text(arguments[1])
        let places = choose(text, try arguments.text(arguments[0]))
        try arguments.checkLength(
          text.utf8.count, plus: places.count, times: replacement.utf8.count)
        return .string(text.replacing(places, with: replacement))
      }
      add("remove" + suffix, arguments: 1...1) { value, arguments throws(FilterError) in
        let text = try arguments.text(value)
        return .string(
          text.replacing(choose(text, try arguments.text(arguments[0])), with: ""))
      }
    }
    replacement("", arguments: 1...2) { text, wanted in
      wanted.isEmpty ? text.gaps : text.places(of: wanted)
    }
    replacement("_first", arguments: 1...2) { text, wanted in
      wanted.isEmpty ? [0..<0] : Array(text.places(of: wanted).prefix(1))
    }
    replacement("_last", arguments: 2...2) { text, wanted in
      wanted.isEmpty
        ? [text.utf8.count..<text.utf8.count] : Array(text.places(of: wanted).suffix(1))
    }
  }

  private mutating func addCuts() {
    @Sendable func ending(_ arguments: FilterArguments) throws(FilterError) -> String {
      arguments.count > 1 ? try arguments.text(arguments[1]) : "..."
    }
    add("truncate", arguments: 0...2) { value, arguments throws(FilterError) in
      let length = arguments.count == 0 ? 50 : try arguments.wholeNumber(0)
      let text = try arguments.text(value)
      if text.count <= length { return .string(text) }
      let ending = try ending(arguments)
      return .string(String(text.prefix(max(0, max(0, length) - ending.count))) + ending)
    }
    add("truncatewords", arguments: 0...2) { value, arguments throws(FilterError) in
      let count = max(1, arguments.count == 0 ? 15 : try arguments.wholeNumber(0))
      let text = try arguments.text(value)
      let words = text.words
      if words.count <= count { return .string(text) }
      return .string(words.prefix(count).joined(separator: " ") + (try ending(arguments)))
    }
    add("slice", arguments: 1...2) { value, arguments throws(FilterError) in
      let start = try arguments.wholeNumber(0)
      let length = try arguments.wholeNumber(1, default: 1)
      func part<Whole: Collection>(_ whole: Whole) -> Whole.SubSequence? {
        let from = start < 0 ? whole.count + start : start
        guard (0...whole.count).contains(from), length >= 0 else { return nil }
        return whole.dropFirst(from).prefix(length)
      }
      switch value {
      case .list, .range: return .list(part(value.elements).map(Array.init) ?? [])
      default: return .string(part(try arguments.text(value)).map(String.init) ?? "")
      }
    }
  }
}

extension String {
  /// The places between all characters and at both ends.
  fileprivate var gaps: [Range<Int>] {
    var place = 0
    var gaps = [0..<0]
    for scalar in unicodeScalars {
      place += UTF8.width(scalar)
      gaps.append(place..<place)
    }
    return gaps
  }

  /// The parts between separators; without one all characters, with a space the words.
  ///
  /// What is empty at the end is dropped.
  fileprivate func split(by separator: String) -> [String] {
    if separator.isEmpty { return map { String($0) } }
    if separator == " " { return words }
    var parts = parts(separatedBy: separator)
    while parts.last?.isEmpty == true { parts.removeLast() }
    return parts
  }
}
