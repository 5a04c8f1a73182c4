import Facts
import Testing

@Suite("Two records of one filing") struct FilingJoiningTests {
  private static func filing(
    _ published: String,
    form: String? = nil,
    year: Int? = nil,
    entity: String = "x:1"
  ) throws -> Filing {
    Filing(
      filing: "f",
      entity: entity,
      form: form,
      published: try #require(PublishedTime(published)),
      fiscalYear: year
    )
  }

  @Test(
    "do not contradict each other if one knows the day and the other the moment",
    arguments: [
      ("2019-10-31", "2019-10-31", true), ("2019-10-31", "2019-10-31T12:00:00Z", true),
      // Accepted in the evening, or on the Friday before; and late in the day of New York.
      ("2019-10-31", "2019-10-30T22:12:36Z", true), ("2019-11-04", "2019-11-01T21:45:00Z", true),
      ("2019-10-31", "2019-11-01T01:30:00Z", true), ("2019-10-31", "2019-11-02T01:30:00Z", false),
      ("2019-10-31", "2019-10-26T12:00:00Z", false), ("2019-10-31", "2019-10-30", false),
      ("2019-10-31T12:00:00Z", "2019-10-31T12:00:01Z", false),
    ]
  )
  func dayAndMomentAreConsistent(first: String, second: String, isConsistent: Bool) throws {
    let (first, second) = try (Self.filing(first), Self.filing(second))
    #expect(first.isConsistent(with: second) == isConsistent)
    #expect(second.isConsistent(with: first) == isConsistent)
  }

  @Test("have one entity and one form")
  func entityAndFormMustAgree() throws {
    let filing = try Self.filing("2019-10-31", form: "10-K")
    #expect(try filing.isConsistent(with: Self.filing("2019-10-31")))
    #expect(try !filing.isConsistent(with: Self.filing("2019-10-31", form: "10-K/A")))
    #expect(try !filing.isConsistent(with: Self.filing("2019-10-31", entity: "x:2")))
  }

  @Test("join to one that knows what either knows, in either order")
  func joinedRecordHasWhatEitherHas() throws {
    let day = try Self.filing("2019-10-31", year: 2019)
    let moment = try Self.filing("2019-10-30T22:12:36Z", form: "10-K")
    let both = try Self.filing("2019-10-30T22:12:36Z", form: "10-K", year: 2019)
    #expect(day.joined(with: moment) == both)
    #expect(moment.joined(with: day) == both)
    #expect(both.joined(with: day) == both)
  }
}
