/// Which form of a word goes with a number: the cardinal plural categories of Unicode CLDR.
public enum PluralCategory: String, Sendable, CaseIterable {
  /// 0 in Arabic and Latvian.
  case zero
  /// 1 dzień, 1 day
  case one
  /// 2 in Slovene and Irish.
  case two
  /// 2 dni, 2 dny
  case few
  /// 5 dni
  case many
  /// 1,5 dnia, 5 days
  case other
}
