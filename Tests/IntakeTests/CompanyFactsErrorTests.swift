import Facts
import Intake
import TestSupport
import Testing

@Suite("A companyfacts file is refused, with the place,")
struct CompanyFactsErrorTests {
  private func error(_ text: String) throws -> ImportError {
    try #require(throws: ImportError.self) { try drafts(text) }
  }

  private static let fit = fact(start: "2009-01-01", end: "2009-12-31", val: "1")
  private static let good = file(concept("X", unit("USD", fit)))

  @Test("wherever it is cut off")
  func whereverItIsCutOff() throws {
    let bytes = Array(Self.good.utf8)
    for count in 0..<bytes.count {
      let error = try #require(throws: ImportError.self) {
        try CompanyFactsImporter().drafts(from: Array(bytes[..<count]), file: "f")
      }
      #expect(error.byteOffset <= count)
      #expect(error.remedy.contains("download it again"))
    }
  }

  @Test("wherever a byte of it is not UTF-8")
  func whereverByteOfItIsNotUTF8() throws {
    let bytes = Array(Self.good.utf8)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] = 0xFF
      let error = try #require(throws: ImportError.self) {
        try CompanyFactsImporter().drafts(from: damaged, file: "f")
      }
      #expect(error.byteOffset == index)
    }
  }

  @Test(
    "if a fact lacks what it needs, or has it wrong",
    arguments: [
      (#""end":"2009-12-31","#, "", #""end" is missing"#, "{"),
      (#""val":1,"#, "", #""val" is missing"#, "{"),
      (#""accn":"A-1","#, "", #""accn" is missing"#, "{"),
      (#""form":"10-K","#, "", #""form" is missing"#, "{"),
      (#""filed":"2010-02-24","#, "", #""filed" is missing"#, "{"),
      (#""accn":"A-1""#, #""accn":null"#, #""accn" is not a text"#, "null"),
      (#""accn":"A-1""#, #""accn":"""#, #""" cannot be used as a name"#, #""""#),
      (#""form":"10-K""#, #""form":7"#, #""form" is not a text"#, "7"),
      (#""fy":2009"#, #""fy":2009.5"#, #""fy" is not a whole number"#, "2009.5"),
      (#""fp":"FY""#, #""fp":[]"#, #""fp" is not a text"#, "[]"),
      ("2009-12-31", "2009-02-30", #""end" is "2009-02-30", which is no day"#, #""2009-02-30""#),
      ("2009-01-01", "2010-01-01", #""start" is 2010-01-01, after "end""#, #""2010-01-01""#),
      (#""val":1"#, #""val":true"#, "is neither number nor text, which is no decimal", "true"),
      (#""val":1"#, #""val":"1,5""#, "is 1,5, which is no decimal number", #""1,5""#),
      (#""val":1"#, #""val":"--5e1""#, "is --5e1, which is no decimal number", #""--5e1""#),
      (#""val":1"#, #""val":"1e2e3""#, "is 1e2e3, which is no decimal number", #""1e2e3""#),
    ]
  )
  func factThatLacksMemberIsRefused(old: String, new: String, message: String, place: String) throws
  {
    let start = try #require(Self.good.offset(of: Self.fit))
    let text = Self.good.replacing(old, with: new)
    let error = try error(text)
    #expect(error.message.contains(message))
    let rest = String(decoding: Array(text.utf8).dropFirst(error.byteOffset), as: UTF8.self)
    #expect(error.byteOffset >= start && rest.hasPrefix(place))
  }

  @Test(
    "if a value has more than 18 digits: naming concept and filing",
    arguments: ["1234567890123456789", "1e18", "1e999999", "1e-19", "0.1234567890123456789"]
  )
  func valueOfTooManyDigitsIsRefused(value: String) throws {
    let text = file(concept("X", unit("USD", fact(end: "2009-12-31", val: value))))
    let offset = try #require(text.offset(of: value))
    #expect(
      try error(text).description
        == "facts.json: byte \(offset): \"val\" of us-gaap:X in filing A-1 is \(value), which has "
        + "more than 18 digits; no ledger can hold it exactly: take this fact out of the file"
    )
  }

  @Test(
    "if a filing has two forms or two dates",
    arguments: [("10-K/A", "2010-02-24"), ("10-K", "2010-02-25")]
  )
  func twoFaces(form: String, filed: String) throws {
    let text = file(
      concept(
        "X",
        unit(
          "USD",
          Self.fit,
          fact(end: "2009-12-31", val: "1", form: form, filed: filed)
        )
      )
    )
    let error = try error(text)
    #expect(
      error.message
        == "filing A-1 is \(form), filed \(filed), and before it was 10-K, filed 2010-02-24"
    )
    #expect(error.byteOffset > (text.offset(of: Self.fit) ?? .max))
  }

  @Test(
    "if it is another kind of file",
    arguments: [
      ("[]", "the file is not an object", 0), ("{}", #""cik" is missing"#, 0),
      (#"{"cik":1}"#, #""facts" is missing"#, 0),
      (#"{"cik":-1}"#, #""cik" is not a number of at most ten digits"#, 7),
      (#"{"cik":"x"}"#, #""cik" is not a number of at most ten digits"#, 7),
      (#"{"cik":12345678901}"#, #""cik" is not a number of at most ten digits"#, 7),
      (#"{"cik":1,"facts":[]}"#, #""facts" is not an object"#, 17),
      (#"{"cik":1,"facts":{"dei":1}}"#, #""dei" is not an object"#, 24),
      (#"{"cik":1,"facts":{"dei":{"X":1}}}"#, #""dei:X" is not an object"#, 29),
      (#"{"cik":1,"facts":{"dei":{"X":{}}}}"#, #""units" is missing"#, 29),
      (#"{"cik":1,"facts":{"dei":{"X":{"units":1}}}}"#, #""units" of dei:X is not an object"#, 38),
      (
        #"{"cik":1,"facts":{"dei":{"X":{"units":{"m":1}}}}}"#, #""m" of dei:X is not a list"#, 43
      ),
      (
        #"{"cik":1,"facts":{"dei":{"X":{"units":{"m":[1]}}}}}"#,
        "a fact of dei:X is not an object", 44
      ),
      ("<!DOCTYPE html>", "expected a value", 0),
    ]
  )
  func otherFiles(text: String, message: String, byteOffset: Int) throws {
    let error = try error(text)
    #expect(error.message.hasPrefix(message))
    #expect(error.byteOffset == byteOffset)
  }
}

extension String {
  /// Where `part` starts, in bytes.
  fileprivate func offset(of part: String) -> Int? {
    firstRange(of: part).map { utf8.distance(from: startIndex, to: $0.lowerBound) }
  }
}
