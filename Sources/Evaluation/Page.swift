internal import Language

/// A page that a person opens from a file: one document without scripts or anything from elsewhere,
/// in light and dark, wide and narrow.
public struct Page: Sendable {
  /// What the page is called, in the window and as its first heading.
  public var title: String
  /// Rules of style that this page alone needs; colours by the names that every page has.
  public var style: String
  /// What stands below the heading: HTML, whose texts were escaped with ``Swift/String/xml``.
  public var body: String

  /// Lays out a page.
  /// - Parameters:
  ///   - title: plain text.
  ///   - style: CSS of this page alone.
  ///   - body: HTML.
  public init(title: String, style: String = "", body: String) {
    self.title = title
    self.style = style
    self.body = body
  }

  /// The document.
  ///
  /// Its content policy (W3C, Content Security Policy Level 3) keeps a browser from running or
  /// fetching anything, whatever strangers wrote into the texts.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
    <title>\(title.xml)</title><style>
    \(Self.commonStyle)
    \(style)
    </style></head><body><main>
    <h1>\(title.xml)</h1>
    \(body)
    </main></body></html>

    """
  }

  // Texts stand 4.5 to 1 against what they stand on (WCAG 2.2, 1.4.3). Series are the colours that
  // Okabe and Ito chose for readers who do not tell red from green, darkened or lightened until
  // each stands 3 to 1 against the page (1.4.11). Heat grows from the page; on the fourth step the
  // page's own colour is the ink.
  private static let commonStyle = """
    :root { --page: #fff; --sheet: #f4f5f7; --ink: #1b1d21; --soft: #5b616b; --line: #d4d8de;
      --accent: #0b62a8; --good: #0a7a50; --bad: #b3261e; --warn: #9a5b00;
      --good-back: #d7f2e3; --bad-back: #fbdcd9; --warn-back: #fdeccb;
      --series-1: #0072b2; --series-2: #b35900; --series-3: #00805c; --series-4: #a3548a;
      --series-5: #7a6a00; --series-6: #2d86b8; --series-7: #a8442a; --series-8: #5b616b;
      --cool-1: #dcebf7; --cool-2: #b0d3ee; --cool-3: #7db5df; --cool-4: #0b62a8;
      --warm-1: #fdeccb; --warm-2: #f9c98a; --warm-3: #f0995a; --warm-4: #b3470f }
    @media (prefers-color-scheme: dark) { :root { --page: #15171a; --sheet: #1f2226; --ink: #e9ebee;
      --soft: #a3aab4; --line: #3a3f46; --accent: #6cb6ff; --good: #56c596; --bad: #ff8a80;
      --warn: #f0b45a; --good-back: #14382a; --bad-back: #47201d; --warn-back: #40300f;
      --series-1: #56a8e0; --series-2: #e69f00; --series-3: #2fbf93; --series-4: #d990bd;
      --series-5: #d8cb3a; --series-6: #86cdf2; --series-7: #ef8a5f; --series-8: #a3aab4;
      --cool-1: #14304a; --cool-2: #1d456b; --cool-3: #255b8f; --cool-4: #7fbdf5;
      --warm-1: #40300f; --warm-2: #6b3d0c; --warm-3: #95450c; --warm-4: #f09a5a } }
    * { box-sizing: border-box }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
    body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
    main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }
    h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem } h3 { font-size: 1rem; margin: 1.4rem 0 .4rem }
    p { margin: 0 0 .6rem } .soft { color: var(--soft) } small { font-size: .85rem }
    a { color: var(--accent) } code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
    :target { background: var(--warn-back); scroll-margin-top: 1rem }
    nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; margin: 0 0 1rem;
      padding: 0 }
    .scroll { overflow-x: auto; -webkit-overflow-scrolling: touch }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums }
    th, td { padding: .35rem .6rem; border-top: 1px solid var(--line); text-align: left;
      vertical-align: top } thead th { border-top: 0; color: var(--soft); font-weight: 600 }
    td.number, th.number { text-align: right; white-space: nowrap }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem;
      margin: 1rem 0 } .tiles div { background: var(--sheet); border-radius: .5rem; padding: .6rem .8rem }
    .tiles dt { color: var(--soft); font-size: .85rem } .tiles dd { margin: 0; font-size: 1.35rem;
      line-height: 1.3; font-weight: 600 } .tiles dd small { font-weight: 400; color: var(--soft); white-space: nowrap }
    .bar { display: inline-block; vertical-align: middle; width: 6rem; height: .7rem;
      border: 1px solid var(--line); background: linear-gradient(var(--series, var(--series-1)) 0 0)
      0 0 / calc(var(--share) * 100%) 100% no-repeat var(--sheet) }
    ins { background: var(--good-back); text-decoration: none } del { background: var(--bad-back) }
    svg { max-width: 100%; height: auto } svg text { fill: var(--ink); font-size: 12px }
    @media print { main { max-width: none } * { position: static !important } .scroll { overflow: visible } }
    """
}

extension String {
  /// The text as XML or HTML content or attribute; characters that neither may hold (XML 1.0, 2.2)
  /// become U+FFFD.
  public var xml: String {
    var escaped = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;".unicodeScalars
      case "<": escaped += "&lt;".unicodeScalars
      case ">": escaped += "&gt;".unicodeScalars
      case "\"": escaped += "&quot;".unicodeScalars
      case "\t", "\n", "\r": escaped.append(scalar)
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped.append("\u{FFFD}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  /// A name such as `parcel_location` as content: a line may break behind `_` and `/`.
  var xmlName: String {
    xml.replacing("_", with: "_<wbr>").replacing("/", with: "/<wbr>")
  }

  /// The text as the name of a place in a page, and as a link to it behind `#`: what is neither an
  /// ASCII letter nor a digit nor one of `-_./` stands as `~` and its hexadecimal bytes.
  public var anchor: String {
    String(
      decoding: utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          [byte]
        default: Array("~\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
        }
      }, as: UTF8.self)
  }

  /// The attribute that tells a browser the text's language, for its hyphens, fonts and voices;
  /// nothing where this is no language.
  var languageAttribute: String {
    LocaleTag(self).map { " lang=\"\($0)\"" } ?? ""
  }
}
