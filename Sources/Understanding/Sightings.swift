/// The words of a text that mean something in any of the bot's languages, and where: found once, for
/// telling the language as well as for reading in it.
package struct Sightings: Sendable {
  var found: [(range: Range<Int>, signal: Vocabulary.Signal)] = []
}
