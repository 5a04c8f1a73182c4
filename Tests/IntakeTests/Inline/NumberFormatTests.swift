import Facts
import Testing
import XML

@testable import Intake

@Suite("The numeric rules of the transformation registries")
struct NumberFormatTests {
  private static let registries = [
    "1": "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20",
    "2": "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31",
    "3": "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26",
    "4": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    "5": "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
    "sec": "http://www.sec.gov/inlineXBRL/transformation/2015-08-31",
  ]

  /// Rule by registry, what is accepted with its number, and what is not.
  private static let rules: [(rule: String, accepted: [String: String], refused: [String])] = [
    ("1:numcommadot", ["1,234.50": "1234.50", "7": "7"], ["1234", "1,23", "1.", ",123", "-1"]),
    ("1:numdotcomma", ["1.234,5": "1234.5"], ["1,234.5", "1234"]),
    ("1:numspacedot", ["1 234.5": "1234.5", "1\u{A0}234": "1234"], ["1,234"]),
    ("1:numspacecomma", ["1 234,5": "1234.5"], ["1 234.5"]),
    ("1:numcomma", ["1234,5": "1234.5", "12": "12"], ["1.234", "1,2,3"]),
    ("1:numdash", ["-": "0", " - ": "0"], ["\u{2014}", "--", ""]),
    (
      "2:numdotdecimal",
      ["1,234.5": "1234.5", "1234567": "1234567", "1 234\u{A0}567": "1234567", "\n12 ": "12"],
      ["1,23", "1,,234", ".5", "1.", "", "1,234.5.6", "\u{661}"]
    ),
    ("2:numcommadecimal", ["1.234,5": "1234.5", "0,5": "0.5"], ["1,5,5", "1.23"]),
    (
      "2:numunitdecimal", ["5 dollars 7 cents": "5.07", "1,234kr50": "1234.50"],
      ["5", "5 kr", "5 kr 123"]
    ),
    (
      "2:zerodash", ["-": "0", "\u{2014}": "0", "\u{2013}": "0", "\u{FF0D}": "0"],
      ["0", "\u{2014}\u{2014}"]
    ),
    (
      "3:numdotdecimalin", ["1,23,456.7": "123456.7", "12,34,56,789": "123456789", "1234": "1234"],
      ["123,456", "1,2345"]
    ),
    ("3:numunitdecimalin", ["1,23,456 rupees 5 paise": "123456.05"], ["1,234,567 rupees 5 paise"]),
    (
      "4:num-dot-decimal",
      ["1,234.5": "1234.5", ".5": "0.5", "1,23": "123", "0012": "12", "1 2 . 3 4": "12.34"],
      ["", ".", "1.2.3", "(1)", "-1", "1\u{2019}000"]
    ),
    ("4:num-comma-decimal", ["1.234,5": "1234.5", ",5": "0.5"], ["1,2,3", "1'000"]),
    (
      "4:num-unit-decimal", ["5\u{5186}07": "5.07", "\u{FF11}\u{FF12}\u{5186}5": "12.05"],
      ["5", "\u{5186}5"]
    ),
    ("4:fixed-zero", ["no": "0", "": "0", "\u{2014}": "0"], []), ("4:fixed-empty", [:], ["", "1"]),
    (
      "5:num-dot-decimal-apos", ["1'234.5": "1234.5", "1\u{2019}234\u{2032}567": "1234567"],
      ["1,2.3.4"]
    ),
    ("5:num-comma-decimal-apos", ["1'234,5": "1234.5"], ["1'234.5,6,7"]),
    ("5:num-unit-decimal-apos", ["1'234 fr. 5": "1234.05"], ["1'234"]),
    ("5:num-dot-decimal", ["1,234": "1234"], []),
    (
      "sec:numwordsen",
      [
        "no": "0", "None": "0", "zero": "0", "Two": "2", "twenty-five": "25", "Twenty five": "25",
        "one hundred and five": "105", "two hundred": "200", "forty\u{2013}one": "41",
        "one thousand, two hundred thirty-four": "1234", "three million": "3000000",
        "twelve billion six thousand and one": "12000006001", "nineteen hundred": "",
      ],
      [
        "", "and", "five and", "twenty twenty", "one two", "hundred", "five thousand million",
        "no one", "ten five", "1",
      ]
    ),
  ]

  @Test("accept what the registries say, and nothing else")
  func rulesAcceptWhatRegistriesSay() throws {
    for (rule, accepted, refused) in Self.rules {
      let parts = rule.split(separator: ":").map(String.init)
      let name = XMLName(parts[1], in: try #require(Self.registries[parts[0]]))
      let format = try #require(TransformationRegistry[name], "\(rule)")
      for (text, number) in accepted {
        #expect(try format.number(text)?.description ?? "" == number, "\(rule) of \(text)")
      }
      for text in refused {
        #expect(try format.number(text) == nil, "\(rule) of \(text)")
      }
    }
    let later = XMLName("num-dot-decimal-apos", in: try #require(Self.registries["4"]))
    #expect(TransformationRegistry[later] == nil && TransformationRegistry.isKnown(later.namespace))
  }

  @Test("refuse what no figure can hold")
  func longNumbersAreRefused() throws {
    let name = XMLName("numdotdecimal", in: try #require(Self.registries["3"]))
    let format = try #require(TransformationRegistry[name])
    #expect(throws: Amount.Malformation.tooManyDigits) {
      try format.number("1,234,567,890,123,456,789")
    }
  }
}
