/// Makes the bytes of a page's text characters: UTF-8, Windows-1252 where it is none, and entities.
struct HTMLTextDecoder {
  /// The bytes of a character that has not all of them yet.
  private var sequence: [UInt8] = []

  /// The name of an entity that has not ended yet; `nil` outside of one.
  private var entity: [UInt8]?

  /// The place of the last byte that waits.
  private var waitingPlace = HTMLPlace(line: 1, column: 1)

  static func isContinuation(_ byte: UInt8) -> Bool { 0x80...0xBF ~= byte }

  /// Calls `body` with each character that `byte` ends.
  mutating func append(
    _ byte: UInt8,
    at place: HTMLPlace,
    _ body: (Unicode.Scalar, HTMLPlace) throws -> Void
  ) rethrows {
    if !sequence.isEmpty {
      if Self.isContinuation(byte), sequence.count < 4 {
        sequence.append(byte)
        waitingPlace = place
        if sequence.count == Self.length(of: sequence[0]) { try endSequence(body) }
        return
      }
      try endSequence(body)
    }
    if entity != nil {
      if byte.isASCIILetter || 0x30...0x39 ~= byte || (entity?.isEmpty == true && byte == 0x23),
        (entity?.count ?? 0) < HTMLEntity.nameLengthMax
      {
        entity?.append(byte)
        waitingPlace = place
        return
      }
      if byte == UInt8(ascii: ";") {
        waitingPlace = place
        return try endEntity(isClosed: true, body)
      }
      try endEntity(isClosed: false, body)
    }
    if byte == UInt8(ascii: "&") {
      (entity, waitingPlace) = ([], place)
    } else if byte < 0x80 {
      try body(Unicode.Scalar(byte), place)
    } else {
      (sequence, waitingPlace) = ([byte], place)
      if Self.length(of: byte) == 1 { try endSequence(body) }
    }
  }

  /// Calls `body` with the characters that wait.
  mutating func finish(_ body: (Unicode.Scalar, HTMLPlace) throws -> Void) rethrows {
    try endSequence(body)
    if entity != nil { try endEntity(isClosed: false, body) }
  }

  /// How many bytes a character of UTF-8 has that begins with `byte`; 1 for bytes that begin none.
  static func length(of byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  private mutating func endSequence(
    _ body: (Unicode.Scalar, HTMLPlace) throws -> Void
  ) rethrows {
    guard !sequence.isEmpty else { return }
    if let text = String(validating: sequence, as: UTF8.self) {
      // A byte order mark is no character of the text.
      for scalar in text.unicodeScalars where scalar != "\u{FEFF}" {
        try body(scalar, waitingPlace)
      }
    } else {
      for byte in sequence { try body(DocumentLine.windowsScalar(byte), waitingPlace) }
    }
    sequence.removeAll(keepingCapacity: true)
  }

  private mutating func endEntity(
    isClosed: Bool,
    _ body: (Unicode.Scalar, HTMLPlace) throws -> Void
  ) rethrows {
    guard let name = entity else { return }
    entity = nil
    if let scalar = HTMLEntity.scalar(named: String(decoding: name, as: UTF8.self)) {
      return try body(scalar, waitingPlace)
    }
    // What names no character is shown as it is written.
    let written = [UInt8(ascii: "&")] + name + (isClosed ? [UInt8(ascii: ";")] : [])
    for (index, byte) in written.enumerated() {
      let column = waitingPlace.column - (written.count - 1 - index)
      try body(Unicode.Scalar(byte), HTMLPlace(line: waitingPlace.line, column: max(1, column)))
    }
  }
}

/// The characters that entities stand for.
enum HTMLEntity {
  /// How long a name is read.
  static let nameLengthMax = 32

  /// The character of this name, or of this number behind `#`; `nil` if there is none.
  static func scalar(named name: String) -> Unicode.Scalar? {
    if let scalar = names[name] { return scalar }
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let code = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    // Browsers read the numbers of Windows-1252's characters as those characters.
    if let code, 0x80...0x9F ~= code { return DocumentLine.windowsScalar(UInt8(code)) }
    return code.flatMap(Unicode.Scalar.init)
  }

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "AMP": "&", "lt": "<", "LT": "<", "gt": ">", "GT": ">", "quot": "\"",
    "apos": "'", "nbsp": "\u{A0}", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}",
    "numsp": "\u{2007}", "puncsp": "\u{2008}", "hairsp": "\u{200A}", "zwnj": "\u{200C}",
    "shy": "\u{AD}", "mdash": "\u{2014}", "ndash": "\u{2013}", "minus": "\u{2212}",
    "hyphen": "\u{2010}", "dash": "\u{2010}", "horbar": "\u{2015}", "rsquo": "\u{2019}",
    "lsquo": "\u{2018}", "sbquo": "\u{201A}", "rdquo": "\u{201D}", "ldquo": "\u{201C}",
    "bdquo": "\u{201E}", "prime": "\u{2032}", "Prime": "\u{2033}", "dollar": "$", "cent": "\u{A2}",
    "pound": "\u{A3}", "yen": "\u{A5}", "euro": "\u{20AC}", "curren": "\u{A4}", "percnt": "%",
    "lpar": "(", "rpar": ")", "lbrack": "[", "rbrack": "]", "ast": "*", "comma": ",",
    "period": ".", "colon": ":", "semi": ";", "num": "#", "plus": "+", "equals": "=", "sol": "/",
    "lowbar": "_", "excl": "!", "quest": "?", "commat": "@", "sect": "\u{A7}", "para": "\u{B6}",
    "copy": "\u{A9}", "reg": "\u{AE}", "trade": "\u{2122}", "dagger": "\u{2020}",
    "Dagger": "\u{2021}", "bull": "\u{2022}", "middot": "\u{B7}", "hellip": "\u{2026}",
    "times": "\u{D7}", "divide": "\u{F7}", "plusmn": "\u{B1}", "deg": "\u{B0}", "frac12": "\u{BD}",
    "frac14": "\u{BC}", "frac34": "\u{BE}", "sup1": "\u{B9}", "sup2": "\u{B2}", "sup3": "\u{B3}",
    "ordf": "\u{AA}", "ordm": "\u{BA}", "micro": "\u{B5}", "not": "\u{AC}", "acute": "\u{B4}",
    "cedil": "\u{B8}", "uml": "\u{A8}", "macr": "\u{AF}", "laquo": "\u{AB}", "raquo": "\u{BB}",
    "le": "\u{2264}", "ge": "\u{2265}", "ne": "\u{2260}", "asymp": "\u{2248}", "rarr": "\u{2192}",
    "larr": "\u{2190}", "uarr": "\u{2191}", "darr": "\u{2193}", "alpha": "\u{3B1}",
    "beta": "\u{3B2}", "sum": "\u{2211}", "agrave": "\u{E0}", "aacute": "\u{E1}",
    "acirc": "\u{E2}", "atilde": "\u{E3}", "auml": "\u{E4}", "aring": "\u{E5}", "aelig": "\u{E6}",
    "ccedil": "\u{E7}", "egrave": "\u{E8}", "eacute": "\u{E9}", "ecirc": "\u{EA}", "euml": "\u{EB}",
    "igrave": "\u{EC}", "iacute": "\u{ED}", "icirc": "\u{EE}", "iuml": "\u{EF}", "ntilde": "\u{F1}",
    "ograve": "\u{F2}", "oacute": "\u{F3}", "ocirc": "\u{F4}", "otilde": "\u{F5}", "ouml": "\u{F6}",
    "oslash": "\u{F8}", "ugrave": "\u{F9}", "uacute": "\u{FA}", "ucirc": "\u{FB}", "uuml": "\u{FC}",
    "Agrave": "\u{C0}", "Aacute": "\u{C1}", "Acirc": "\u{C2}", "Auml": "\u{C4}", "Aring": "\u{C5}",
    "AElig": "\u{C6}", "Ccedil": "\u{C7}", "Egrave": "\u{C8}", "Eacute": "\u{C9}",
    "Ecirc": "\u{CA}",
    "Ntilde": "\u{D1}", "Oacute": "\u{D3}", "Ouml": "\u{D6}", "Oslash": "\u{D8}", "Uuml": "\u{DC}",
    "szlig": "\u{DF}",
  ]
}
