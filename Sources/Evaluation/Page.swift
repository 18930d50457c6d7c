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
  public var html: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><title>\(title.xml)</title><style>
    \(Self.commonStyle)
    \(style)
    </style></head><body><main>
    <h1>\(title.xml)</h1>
    \(body)
    </main></body></html>

    """
  }

  // Series are the colours that Okabe and Ito chose for readers who do not tell red from green,
  // darkened or lightened until each stands 3 to 1 against the page (WCAG 2.2, 1.4.11).
  private static let commonStyle = """
    :root { --page: #fff; --sheet: #f4f5f7; --ink: #1b1d21; --soft: #5b616b; --line: #d4d8de;
      --accent: #0b62a8; --good: #0a7a50; --bad: #b3261e; --warn: #9a5b00;
      --good-back: #d7f2e3; --bad-back: #fbdcd9; --warn-back: #fdeccb;
      --series-1: #0072b2; --series-2: #b35900; --series-3: #00805c; --series-4: #a3548a;
      --series-5: #7a6a00; --series-6: #2d86b8; --series-7: #a8442a; --series-8: #5b616b }
    @media (prefers-color-scheme: dark) { :root { --page: #15171a; --sheet: #1f2226; --ink: #e9ebee;
      --soft: #a3aab4; --line: #3a3f46; --accent: #6cb6ff; --good: #56c596; --bad: #ff8a80;
      --warn: #f0b45a; --good-back: #14382a; --bad-back: #47201d; --warn-back: #40300f;
      --series-1: #56a8e0; --series-2: #e69f00; --series-3: #2fbf93; --series-4: #d990bd;
      --series-5: #d8cb3a; --series-6: #86cdf2; --series-7: #ef8a5f; --series-8: #a3aab4 } }
    * { box-sizing: border-box }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
    main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }
    h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem } h3 { font-size: 1rem; margin: 1.4rem 0 .4rem }
    p { margin: 0 0 .6rem } .soft { color: var(--soft) } small { font-size: .85rem }
    a { color: var(--accent) } code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em }
    .scroll { overflow-x: auto; -webkit-overflow-scrolling: touch }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums }
    th, td { padding: .35rem .6rem; border-top: 1px solid var(--line); text-align: left;
      vertical-align: top } thead th { border-top: 0; color: var(--soft); font-weight: 600 }
    td.number, th.number { text-align: right }
    ins { background: var(--good-back); text-decoration: none } del { background: var(--bad-back) }
    svg { max-width: 100%; height: auto } svg text { fill: var(--ink); font-size: 12px }
    @media print { main { max-width: none } }
    """
}

extension String {
  /// The text as XML or HTML content or attribute.
  public var xml: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
