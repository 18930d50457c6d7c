internal import Foundation
internal import Odzew

/// A regression case: an order, a clock and what a buyer writes.
///
/// The golden reply stands beside it.
///
/// `Cases/parcel_location/in_transit.pl.yaml` has its golden reply in `in_transit.pl.txt`.
public struct Case: Sendable {
  /// The path without its ending, below `Cases/`: `parcel_location/in_transit.pl`.
  public let name: String
  let messages: [String]
  let order: OrderNumber?
  let channel: Channel
  let locale: LocaleTag?
  let now: Date

  /// Reads a case.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the path without its ending, below `Cases/`.
  ///   - clock: the clock of cases that do not set their own.
  init?(reading file: YAMLMapping, named name: String, clock: Date) {
    self.name = name
    messages = file.strings("messages").map(\.value)
    order = file.optionalString("order").flatMap { OrderNumber($0.value) }
    channel = file.optionalString("channel").flatMap { Channel($0.value) } ?? .chat
    locale = file.optionalString("locale").flatMap { LocaleTag($0.value) }
    let now = file.optionalString("now")
    self.now = now.flatMap { Timestamp.parse($0.value) } ?? clock
    if let now, Timestamp.parse(now.value) == nil {
      file.report(
        "invalid-time", at: now.location,
        "'\(now.value)' is not a time such as '2026-11-20T10:00:00+01:00'")
    }
    if messages.isEmpty {
      file.report(
        "missing-key", at: file.location, "the case has no 'messages'",
        remedy: "write what the buyer says")
    }
    file.finish()
  }
}
