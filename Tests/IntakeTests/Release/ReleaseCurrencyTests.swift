import Facts
import Foundation
import Intake
import TestSupport
import Testing

@Suite("The currency of a release")
struct ReleaseCurrencyTests {
  private static let caption =
    "(dollars in thousands, except per ton -\n                          unaudited)"

  private func reading(caption: String) throws -> Reading {
    let parts = Quarry.release.components(separatedBy: Self.caption)
    try #require(parts.count == 2)
    return try Reading(parts.joined(separator: caption), Profiles.quarry().profile)
  }

  @Test(
    "is that of its captions: another is refused, with file and line",
    arguments: [
      ("(thousands of euros, except per ton - unaudited)", "euros"),
      ("(€ in thousands, except per ton - unaudited)", "€"),
      ("(EUR in thousands, except per ton - unaudited)", "EUR"),
      ("(in thousands of\n                 Canadian dollars, except per ton)", "Canadian dollars"),
      ("In millions of Japanese yen", "Japanese yen"), ("(£)", "£"), ("CHF thousands", "CHF"),
      ("(dollars in thousands, except per ton - unaudited)\n       (euros)", "euros"),
    ]
  )
  func otherCurrency(caption: String, currency: String) throws {
    let error = try #require(throws: ImportError.self) { try reading(caption: caption) }
    #expect(error.file == "release.txt")
    guard case .line(let line) = error.place else { return #expect(Bool(false), "\(error)") }
    #expect((8...9).contains(line), "\(error)")
    #expect(error.message.contains("it names \(currency), and the line"), "\(error)")
  }

  @Test(
    "may be named otherwise where it is the same",
    arguments: [
      "(U.S. dollars in thousands, except per ton)", "(US$ in thousands, dollars except per ton)",
      "(dollars in thousands, except per ton)\n          (unaudited)",
    ]
  )
  func sameCurrency(caption: String) throws {
    _ = try reading(caption: caption)
  }

  @Test(
    "is that of the signs before its figures: those behind another are not mapped",
    arguments: [("$", true), ("US$", true), ("€", false), ("£", false), ("C$", false)]
  )
  func currencySigns(sign: String, isMapped: Bool) throws {
    let text = Quarry.release.replacing("$ 17,950", with: "\(sign)17,950")
    let reading = try Reading(text, Profiles.quarry().profile)
    let isFound = reading.claims.contains { $0.figure.value?.description == "17950000" }
    #expect(isFound == isMapped)
    let reasons = reading.unmapped.map(\.reason)
    #expect(reasons.contains("it is printed behind \(sign), and the line is in USD") != isMapped)
  }
}
