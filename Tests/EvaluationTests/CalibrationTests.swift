import Evaluation
import Testing

@Suite struct CalibrationTests {
  private func calibration(_ readings: [(Double, Bool)], bins: Int = 10) -> Calibration {
    Calibration(of: readings.map { (confidence: $0, isRight: $1) }, bins: bins)
  }

  @Test func `a reading at an edge is in the bin above it, and full certainty in the last`() {
    let tenths = (0...10).map { Double($0) / 10 }
    let bins = calibration(tenths.map { ($0, true) }).bins
    #expect(bins.map(\.count) == [1, 1, 1, 1, 1, 1, 1, 1, 1, 2])
  }

  @Test func `what is no share is put where it does no harm`() {
    let bins = calibration([(-3, true), (.nan, true), (7, false), (.infinity, false)], bins: 2).bins
    #expect(bins.map(\.count) == [2, 2])
    #expect(bins.map(\.confidence) == [0, 1])
    #expect(calibration([(0.5, true)], bins: 0).bins.map(\.count) == [1])
  }

  @Test func `an empty bin has no figures, and no readings have no error`() {
    let none = calibration([])
    #expect(none.expectedError == nil && none.bins.count == 10)
    #expect(
      none.bins.allSatisfy {
        $0.confidence == nil && $0.shareRight == nil && $0.plausibleShare == nil
      })
  }

  @Test func `the expected error is that of a computation by hand`() throws {
    // Two bins. Below a half: 0.2 and 0.4, one right: sure 0.3, right 0.5, a gap of 0.2 for 2 of 5.
    // Above: 0.7, 0.8, 0.9, two right: sure 0.8, right 2/3, a gap of 2/15 for 3 of 5. In all 0.16.
    let some = calibration(
      [(0.2, true), (0.4, false), (0.7, true), (0.8, true), (0.9, false)], bins: 2)
    let error = try #require(some.expectedError)
    #expect(abs(error - 0.16) < 1e-12)
    #expect(calibration([(1, true), (0, false)]).expectedError == 0)
    #expect(calibration([(1, false)]).expectedError == 1)
  }

  @Test func `few readings leave much open, many little`() throws {
    // Eight of ten: Wilson's interval, as in R's prop.test without continuity correction.
    let few = try #require(calibration((0..<10).map { (0.85, $0 < 8) }).bins[8].plausibleShare)
    #expect(abs(few.lowerBound - 0.4902) < 1e-3 && abs(few.upperBound - 0.9433) < 1e-3)
    let many = try #require(calibration((0..<1000).map { (0.85, $0 < 800) }).bins[8].plausibleShare)
    #expect(many.upperBound - many.lowerBound < 0.06)
    let one = try #require(calibration([(0.95, true)]).bins[9].plausibleShare)
    #expect((0...1).contains(one.lowerBound) && one.upperBound == 1)
  }
}
