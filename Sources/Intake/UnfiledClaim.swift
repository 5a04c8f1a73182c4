public import Facts
import Platform

/// What a document reports, before it is known which filing the document is: a claim without its
/// filing and its kind.
public struct UnfiledClaim: Hashable, Sendable {
  /// What it is about.
  public var fact: Fact

  /// What it says.
  public var figure: Figure

  /// Where it is printed.
  public var source: Source?

  init(fact: Fact, figure: Figure, source: Source? = nil) {
    (self.fact, self.figure, self.source) = (fact, figure, source)
  }

  /// The claim of a filing.
  ///
  /// - Parameters:
  ///   - kind: The kind of the fact's concept.
  ///   - filing: The filing's identifier.
  public func claim(kind: String, filing: String) -> Claim {
    Claim(kind: kind, filing: filing, fact: fact, figure: figure, source: source)
  }
}

/// Claims without a filing, gathered in bounded memory and given back in their order.
final class UnfiledClaims {
  private var lanes: DiskBuffer
  private var texts = NumberedTexts()
  private(set) var count = 0

  /// No day that a period can start on.
  private static let noStart = Int32.min

  init(memoryLimit: Int) { lanes = DiskBuffer(memoryLimit: memoryLimit) }

  /// Adds a claim after the others.
  ///
  /// - Throws: What keeps the storage from taking it.
  func append(_ claim: UnfiledClaim) throws {
    let (fact, code, source) = (claim.fact, claim.figure.code, claim.source)
    let names = [fact.entity, fact.concept, fact.dimensions.text, fact.unit].map {
      UInt64(texts.number(of: $0))
    }
    let start = fact.period.start?.dayNumber ?? Self.noStart
    let text = source?.text
    try lanes.append { bytes in
      bytes.append(littleEndian: names[0] << 32 | names[1])
      bytes.append(littleEndian: names[2] << 32 | names[3])
      bytes.append(
        littleEndian: UInt64(UInt32(bitPattern: start)) << 32
          | UInt64(UInt32(bitPattern: fact.period.end.dayNumber))
      )
      bytes.append(littleEndian: UInt64(bitPattern: code.mantissa))
      bytes.append(littleEndian: UInt64(code.word))
      // Lines and columns begin with 1.
      bytes.append(
        littleEndian: UInt64(source?.place?.line ?? 0) << 32 | UInt64(source?.place?.column ?? 0)
      )
      bytes.append(littleEndian: UInt64(text.map { $0.utf8.count + 1 } ?? 0))
      if let text { bytes.append(contentsOf: text.utf8) }
    }
    count += 1
  }

  /// Calls `body` with each claim, in the order given.
  ///
  /// - Throws: What keeps the storage from giving them; whatever `body` throws.
  func walk(_ body: (UnfiledClaim) throws -> Void) throws {
    var pieces = lanes.pieces()
    while let bytes = try pieces.next() {
      var rest = bytes[...]
      while !rest.isEmpty { try body(claim(from: &rest)) }
    }
  }

  private func claim(from bytes: inout ArraySlice<UInt8>) -> UnfiledClaim {
    let (first, second) = (bytes.popLittleEndian(UInt64.self), bytes.popLittleEndian(UInt64.self))
    func text(_ number: UInt64) -> String { texts[UInt32(truncatingIfNeeded: number)] }
    let days = bytes.popLittleEndian(UInt64.self)
    let start = Int32(truncatingIfNeeded: Int64(bitPattern: days) >> 32)
    let end = CivilDate(dayNumber: Int32(truncatingIfNeeded: days))
    let mantissa = Int64(bitPattern: bytes.popLittleEndian(UInt64.self))
    let code = Figure.Code(word: UInt32(bytes.popLittleEndian(UInt64.self)), mantissa: mantissa)
    guard let figure = Figure(code) else { preconditionFailure("the code is of a figure") }
    let place = bytes.popLittleEndian(UInt64.self)
    let textCount = Int(bytes.popLittleEndian(UInt64.self)) - 1
    let printed = textCount >= 0 ? String(decoding: bytes.prefix(textCount), as: UTF8.self) : nil
    bytes = bytes.dropFirst(max(textCount, 0))
    let line = UInt32(place >> 32)
    let source = Source(
      place: line > 0
        ? Source.Place(line: line, column: UInt32(truncatingIfNeeded: place)) : nil,
      text: printed
    )
    return UnfiledClaim(
      fact: Fact(
        entity: text(first >> 32),
        concept: text(first),
        dimensions: Dimensions(canonicalText: text(second >> 32)),
        unit: text(second),
        period: start == Self.noStart
          ? .instant(end) : .duration(start: CivilDate(dayNumber: start), end: end)
      ),
      figure: figure,
      source: line > 0 || printed != nil ? source : nil
    )
  }
}
