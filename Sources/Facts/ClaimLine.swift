import JSON

/// A part of a claim's canonical line that its writer fills in: from texts, or from pieces that many
/// lines share.
public enum ClaimLinePart: Sendable {
  /// The concept as a JSON string.
  case concept

  /// The member of the dimensions, from the comma before it on; nothing if there are none.
  case dimensions

  /// The entity as a JSON string.
  case entity

  /// The filing as a JSON string.
  case filing

  /// The period as a JSON string.
  case period

  /// The kind as a JSON string.
  case kind

  /// The unit as a JSON string.
  case unit
}

extension LineBuffer where Self: ~Copyable {
  /// Appends a claim's canonical line: RFC 8785 JSON, with its keys in that order.
  ///
  /// Each member is written by a statement of its own, for speed: every claim is written here when it is
  /// appended, verified and exported.
  ///
  /// - Parameters:
  ///   - figure: The figure that is claimed.
  ///   - document: The name of the document that prints it, in UTF-8; empty if its filing has one.
  ///   - place: Where it is printed; `nil` if unknown.
  ///   - text: How it is printed, in UTF-8; empty if unknown.
  ///   - appendPart: Appends one part to the line.
  /// - Throws: Whatever `appendPart` throws.
  @inlinable
  @inline(__always)
  public mutating func appendClaimLine(
    _ figure: Figure,
    document: Span<UInt8>,
    place: Source.Place?,
    text: Span<UInt8>,
    _ appendPart: (ClaimLinePart, inout Self) throws -> Void
  ) rethrows {
    append(literal: #"{"concept":"#)
    try appendPart(.concept, &self)
    if let decimals = figure.decimals {
      append(literal: #","decimals":"#)
      if decimals < 0 { append(UInt8(ascii: "-")) }
      append(decimal: UInt64(decimals.magnitude), digitCountMin: 1)
    }
    try appendPart(.dimensions, &self)
    append(literal: #","entity":"#)
    try appendPart(.entity, &self)
    append(literal: #","filing":"#)
    try appendPart(.filing, &self)
    append(literal: #","period":"#)
    try appendPart(.period, &self)
    if let qualifier = figure.qualifier {
      append(literal: #","qualifier":""#)
      append(qualifier.rawValue.utf8.span)
      append(UInt8(ascii: "\""))
    }
    appendSource(document, place, text)
    append(literal: #","type":"#)
    try appendPart(.kind, &self)
    append(literal: #","unit":"#)
    try appendPart(.unit, &self)
    append(literal: #","value":"#)
    guard let value = figure.value else { return append(literal: "null}") }
    append(UInt8(ascii: "\""))
    append(value)
    append(literal: #""}"#)
  }

  @inlinable
  mutating func appendSource(
    _ document: Span<UInt8>,
    _ place: Source.Place?,
    _ text: Span<UInt8>
  ) {
    guard place != nil || !text.isEmpty else { return }
    append(literal: #","source":{"#)
    if let place {
      append(literal: #""column":"#)
      append(decimal: UInt64(place.column), digitCountMin: 1)
      append(UInt8(ascii: ","))
    }
    if !document.isEmpty {
      append(literal: #""document":"#)
      append(jsonString: document)
      append(UInt8(ascii: ","))
    }
    if let place {
      append(literal: #""line":"#)
      append(decimal: UInt64(place.line), digitCountMin: 1)
    }
    if !text.isEmpty {
      if place != nil { append(UInt8(ascii: ",")) }
      append(literal: #""text":"#)
      append(jsonString: text)
    }
    append(UInt8(ascii: "}"))
  }
}

extension Claim {
  /// Appends the claim's canonical line.
  public func appendCanonicalLine(to bytes: inout [UInt8]) {
    let text = source?.text ?? ""
    let document = source?.document ?? ""
    bytes.appendClaimLine(
      figure,
      document: document.utf8.span,
      place: source?.place,
      text: text.utf8.span
    ) { part, bytes in
      switch part {
      case .concept: bytes.appendJSONString(fact.concept)
      case .dimensions: fact.dimensions.appendCanonicalMember(to: &bytes)
      case .entity: bytes.appendJSONString(fact.entity)
      case .filing: bytes.appendJSONString(filing)
      case .period: bytes.appendJSONString(fact.period.description)
      case .kind: bytes.appendJSONString(kind)
      case .unit: bytes.appendJSONString(fact.unit)
      }
    }
  }
}

extension Dimensions {
  /// Appends the dimensions as a claim's canonical line has them, from the comma before them on;
  /// nothing if there are none.
  public func appendCanonicalMember(to bytes: inout [UInt8]) {
    guard !isEmpty else { return }
    bytes.append(literal: #","dimensions":{"#)
    for (index, pair) in pairs.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.appendJSONString(String(pair.key))
      bytes.append(UInt8(ascii: ":"))
      bytes.appendJSONString(String(pair.value))
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
