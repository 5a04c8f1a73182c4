import Facts
import XML

/// A figure of a page (`ix:nonFraction`), from its start tag on.
struct InlineFigure {
  let tag: XMLStartTag
  let concept: String
  let context: String
  let unit: String

  /// How many elements whose text is left out it lies in.
  let exclusionDepth: Int

  /// What the page shows, that of an element in it included.
  private(set) var text = ""

  /// Whether it has visible text of its own, and how many figures lie in it.
  private var hasOwnText = false
  private var innerCount = 0

  /// The place of the last visible character.
  private(set) var end: XMLPlace?

  init(
    _ tag: XMLStartTag,
    concept: String,
    context: String,
    unit: String,
    exclusionDepth: Int
  ) {
    (self.tag, self.concept, self.context, self.unit) = (tag, concept, context, unit)
    self.exclusionDepth = exclusionDepth
  }

  /// Takes text in the element, but not in a figure in it.
  mutating func append(_ piece: XMLText) {
    text += piece.text
    guard let last = piece.end(isSpace: \.isBlank) else { return }
    (end, hasOwnText) = (last, true)
  }

  /// Takes what a figure in the element shows.
  mutating func append(_ inner: InlineFigure) {
    text += inner.text
    end = inner.end ?? end
    innerCount += 1
  }

  private var isNil: Bool {
    let value = tag[XMLName("nil", in: XBRLNames.schemaInstance)]
    return value == "true" || value == "1"
  }

  /// What the page shows, on one line.
  var printed: String { text.onOneLine?.trimmed { $0.isBlank } ?? "" }

  /// The figure: its text by the rule that it names, its scale and its sign.
  ///
  /// - Throws: ``Malformation`` if that is no number, or a rule is unknown.
  func figure() throws(Malformation) -> Figure {
    guard innerCount == 0 || (innerCount == 1 && !hasOwnText) else {
      throw Malformation(
        "ix:nonFraction of \(concept) holds text or figures beside the one in it",
        remedy: "it may hold one figure and nothing else"
      )
    }
    if isNil { return Figure(value: nil) }
    var value = try number
    if let scale = tag["scale"] {
      guard let power = Int(scale.trimmed), abs(power) <= Amount.digitCountMax else {
        throw Malformation(
          "the scale of \(concept) is \"\(scale.prefix(40))\"",
          remedy: "a scale is a whole number, as 6 for millions"
        )
      }
      guard let scaled = value.scaled(byPowerOfTen: power) else { throw tooLong }
      value = scaled
    }
    switch tag["sign"] {
    case nil: break
    case "-": value = value.negated
    case let sign?:
      throw Malformation(
        "the sign of \(concept) is \"\(sign.prefix(40))\"",
        remedy: "a sign is \"-\", or is left out"
      )
    }
    let rounding = FigureRounding(decimals: tag["decimals"], precision: tag["precision"])
    do {
      return Figure(value: value, decimals: try rounding.places(of: value, concept))
    } catch {
      throw Malformation(error.message, remedy: error.remedy)
    }
  }

  private var tooLong: Malformation {
    let reason = Amount.Malformation.tooManyDigits
    return Malformation(
      reason.message(printed, of: concept),
      remedy: reason.remedy(without: "this fact", "")
    )
  }

  /// The number shown, before scale and sign.
  private var number: Amount {
    get throws(Malformation) {
      do {
        guard let written = tag["format"] else { return try Amount(lexical: printed).unsigned() }
        guard let name = tag.namespaces.name(written.trimmed) else {
          throw Malformation(
            "the prefix of the format \"\(written.prefix(80))\" is not declared",
            remedy: Remedies.downloadAgain
          )
        }
        guard let format = TransformationRegistry[name] else { throw unknown(name, written) }
        if let number = try format.number(text) { return number }
        throw Malformation(
          "\(concept) shows \"\(printed.prefix(80))\", of which \(written) makes no number",
          remedy: "the filer has it read by that rule: is the page unchanged?"
        )
      } catch let error as Malformation {
        throw error
      } catch let error as Amount.Malformation {
        throw Malformation(
          error.message(printed, of: concept),
          remedy: error.remedy(without: "this fact", "a figure without a format is a plain decimal")
        )
      } catch {
        throw Malformation("\(error)", remedy: Remedies.downloadAgain)
      }
    }
  }

  private func unknown(_ name: XMLName, _ written: String) -> Malformation {
    let isKnown = TransformationRegistry.isKnown(name.namespace)
    return Malformation(
      "\(concept) has the format \(written.prefix(80))"
        + (isKnown ? "" : " of \(name.namespace.prefix(120))") + ", which is not known for figures",
      remedy: "the numeric rules of the transformation registries 1 to 5 and of the SEC's are read"
    )
  }

  /// What is wrong with a figure, and what would be right.
  struct Malformation: Error {
    let message: String
    let remedy: String

    init(_ message: String, remedy: String) { (self.message, self.remedy) = (message, remedy) }
  }
}

extension Amount {
  /// The number, unless it has a sign: pages give signs by an attribute.
  fileprivate func unsigned() throws(Malformation) -> Amount {
    guard mantissa >= 0 else { throw .notDecimal }
    return self
  }
}

extension Unicode.Scalar {
  /// Whether nothing is seen of it: white space, of a fixed or of no width.
  var isBlank: Bool { properties.isWhitespace || value == 0x200B || value == 0xFEFF }
}

extension String {
  /// The text without scalars of a kind around it.
  fileprivate func trimmed(_ isSpace: (Unicode.Scalar) -> Bool) -> String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
