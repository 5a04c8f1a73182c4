import Facts
import Foundation
import JSON
import TestSupport
import Testing

@Suite("Events")
struct EventTests {
  private static func event(_ line: String) throws -> Event {
    try Event(JSONParser().parse(line).root)
  }

  @Test("every line of Events is canonical")
  func everyLineOfEventsIsCanonical() throws {
    let lines = try Package.eventLines()
    #expect(lines.count > 1000)
    for line in lines {
      #expect(String(decoding: try Self.event(line).canonicalLine, as: UTF8.self) == line)
    }
  }

  @Test(
    "every type of event is written as it is read",
    arguments: [
      #"{"by":"me","count":3,"recorded":"2026-01-01T00:00:00.5Z","type":"batch"}"#,
      #"{"entity":"x:1","fiscalYearEnd":"09-30","name":"Ü \"quoted\"","type":"entity"}"#,
      #"{"actual":"x:B","additive":false,"balance":"debit","concept":"x:A","dataType":"perUnit","description":"d","kind":"guidance","label":"l","periodType":"duration","type":"concept"}"#,
      #"{"document":{"bytes":1,"name":"n","sha256":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a"},"entity":"x:1","filing":"f","fiscalPeriod":"Q3","fiscalYear":2004,"form":"10-Q","published":"2004-11-04","type":"filing"}"#,
      #"{"concept":"x:A","decimals":0,"dimensions":{"metal":"gold","operating-unit":"La Camorra"},"entity":"x:1","filing":"f","period":"2004-07-01/2004-09-30","qualifier":"low","source":{"column":33,"line":700,"text":"28,290"},"type":"production","unit":"ozt","value":"28290"}"#,
      #"{"concept":"x:A","entity":"x:1","filing":"f","period":"2004-09-30","type":"production","unit":"ozt","value":null}"#,
      #"{"decimals":-3,"event":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","reason":"r","source":{"text":"1"},"type":"correction","value":"1000"}"#,
      #"{"event":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","reason":"r","type":"withdrawal"}"#,
      #"{"columns":[{"span":"ytd","years":-1},{"at":"fiscal-year-end","span":"instant"}],"lines":[{"alternatives":["x:B"],"concept":"x:A","currency":true,"depth":1,"instant":"start","label":"L","negated":true,"optional":true,"places":2,"qualifier":"high","scale":-2,"subtotal":true,"total":true,"unit":"u"}],"places":1,"scale":3,"statement":"s","title":"T","type":"statement","unit":"EUR"}"#,
    ]
  )
  func roundTrip(line: String) throws {
    let event = try Self.event(line)
    #expect(String(decoding: event.canonicalLine, as: UTF8.self) == line)
    #expect(try Self.event(line.replacing(",\"", with: " ,\t\"")) == event)
  }

  @Test(
    "what is wrong with a line is told, with what would be right",
    arguments: [
      (#"{}"#, "event has no \"type\""),
      (#"{"type":7}"#, "\"type\" is not a text"),
      (#"{"type":""}"#, "give a name of 1 to 4,096 bytes"),
      (#"{"type":"entity","entity":" x","name":"n"}"#, "without spaces around it"),
      (#"{"type":"entity","entity":"x\u0007","name":"n"}"#, "control character"),
      (#"{"type":"entity","entity":"x","name":"n","fiscalYearEnd":"31-12"}"#, "write it as 12-31"),
      (#"{"type":"entity","entity":"x","name":"n","nmae":"m"}"#, "did you mean \"name\"?"),
      (#"{"type":"concept","concept":"A","kind":"k"}"#, "write PREFIX:NAME"),
      (#"{"type":"concept","concept":"x:A","kind":"batch"}"#, "not a type of claim"),
      (#"{"type":"concept","concept":"x:A","kind":"k","periodType":"month"}"#, "instant, duration"),
      (#"{"type":"concept","concept":"x:A","kind":"k","additive":"yes"}"#, "write true or false"),
      (
        #"{"type":"filing","filing":"f","entity":"x","published":"soon"}"#, "or a day as 2004-11-04"
      ),
      (#"{"type":"filing","filing":"f","entity":"x","published":"2004-02-30"}"#, "2004-02-30"),
      (
        #"{"type":"filing","filing":"f","entity":"x","published":"2004-01-01","document":[]}"#,
        "not a JSON object"
      ),
      (
        #"{"type":"filing","filing":"f","entity":"x","published":"2004-01-01","document":{"name":"n","sha256":"00"}}"#,
        "64 lower-case"
      ),
      (
        #"{"type":"batch","recorded":"2004-01-01","count":1,"by":"b"}"#,
        "\"recorded\" is \"2004-01-01\""
      ),
      (
        #"{"type":"batch","recorded":"2004-01-01T00:00:00Z","count":0,"by":"b"}"#,
        "whole number from 1"
      ),
      (#"{"type":"batch","recorded":"2004-01-01T00:00:00Z","by":"b"}"#, "has no \"count\""),
      (#"{"type":"correction","event":"00","reason":"r","value":"1"}"#, "64 lower-case"),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","period":"2004-10-01/2004-09-30"}"#,
        "with the earlier day first"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","period":"2004-09-31"}"#,
        "\"period\" is \"2004-09-31\""
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":null,"decimals":0,"period":"2004-09-30"}"#,
        "a dash has neither"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","decimals":0.5,"period":"2004-09-30"}"#,
        "whole number from -18 to 18"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","decimals":19,"period":"2004-09-30"}"#,
        "whole number from -18 to 18"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","qualifier":"about","period":"2004-09-30"}"#,
        "approximately, more-than"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","source":{},"period":"2004-09-30"}"#,
        "leave it out"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","source":{"line":1},"period":"2004-09-30"}"#,
        "give both or neither"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","source":{"line":0,"column":1},"period":"2004-09-30"}"#,
        "whole number from 1"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","dimensions":[],"period":"2004-09-30"}"#,
        "write {\"metal\":\"gold\"}"
      ),
      (
        #"{"type":"p","filing":"f","entity":"x","concept":"c","unit":"u","value":"1","dimensions":{"a":"b;c"},"period":"2004-09-30"}"#,
        "cannot be used"
      ),
      (#"{"type":"statement","statement":"s","title":"t","lines":[]}"#, "lacks lines or columns"),
      (
        #"{"type":"statement","statement":"s","title":"t","columns":[{}],"lines":[{"label":"l"}]}"#,
        "a column has no \"span\""
      ),
      (
        #"{"type":"statement","statement":"s","title":"t","columns":[{"span":"ytd","at":"fiscal-year-end"}],"lines":[{"label":"l"}]}"#,
        "for an instant"
      ),
      (
        #"{"type":"statement","statement":"s","title":"t","columns":7,"lines":[{"label":"l"}]}"#,
        "is no list"
      ),
      (
        #"{"type":"statement","statement":"s","title":"t","layout":"list","lines":[{"label":"l","unit":"u"}]}"#,
        "has no concept"
      ),
      (
        #"{"type":"statement","statement":"s","title":"t","layout":"list","lines":[{"label":"l","concept":"x:A","alternatives":[1]}]}"#,
        "no list of concepts"
      ),
    ]
  )
  func refusalsNameFaultAndRemedy(line: String, message: String) throws {
    let error = #expect(throws: InvalidEvent.self) { try Self.event(line) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("twenty thousand damaged lines: refused, or read and written to a fixed point")
  func damagedLinesAreRefusedOrReadToFixedPoint() throws {
    let lines = try Package.eventLines().filter { $0.utf8.count < 600 }
    let parser = JSONParser()
    var random = SeededGenerator(seed: 719_413)
    var readCount = 0
    for _ in 0..<20_000 {
      var bytes = Array(lines[Int(random.next() % UInt64(lines.count))].utf8)
      for _ in 0...(random.next() % 3) {
        let index = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: index)
        default: bytes[index] = Array("0123456789-.,:{}\"".utf8)[Int(random.next() % 17)]
        }
      }
      guard let document = try? parser.parse(bytes), let event = try? Event(document.root) else {
        continue
      }
      readCount += 1
      let line = event.canonicalLine
      let again = try Event(parser.parse(line).root)
      #expect(again == event && again.canonicalLine == line)
    }
    #expect(readCount > 1000)
  }
}
