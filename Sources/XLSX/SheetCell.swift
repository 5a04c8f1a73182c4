/// A cell of a sheet: what it holds, how it looks, and where it leads.
public struct SheetCell: Hashable, Sendable {
  /// What a cell holds.
  public enum Content: Hashable, Sendable {
    /// Nothing.
    case blank

    /// A text, whatever it begins with: never a formula.
    case text(String)

    /// An exact decimal number, such as `-71607.5`, of at most ``SheetCell/digitCountMax`` significant digits.
    case number(String)

    /// A formula without its equals sign, and the exact decimal number that it gives.
    case formula(String, value: String)
  }

  /// What it holds.
  public var content: Content

  /// How it looks.
  public var style: SheetStyle

  /// The cell of the workbook to which it leads, such as `'Sources'!A12`; `nil` for none.
  public var link: String?

  /// What shows where the pointer rests on a cell that leads elsewhere, of at most 255 characters.
  public var tip: String?

  /// A cell with these aspects.
  public init(_ content: Content = .blank, _ style: SheetStyle = SheetStyle()) {
    self.content = content
    self.style = style
  }

  /// A cell with a text.
  public init(_ text: String, _ style: SheetStyle = SheetStyle()) {
    self.init(text.isEmpty ? .blank : .text(text), style)
  }

  /// How many significant digits a spreadsheet keeps of a number: its numbers are binary fractions of 53 bits, and
  /// each decimal number of so many digits is told from all others by one of them.
  public static let digitCountMax = 15

  /// How many significant digits a decimal number has: those between the first and the last that is not zero.
  public static func significantDigitCount(of number: some StringProtocol) -> Int {
    let digits = number.filter(\.isNumber).drop { $0 == "0" }
    return digits.count - digits.reversed().prefix { $0 == "0" }.count
  }
}

/// How a cell looks.
public struct SheetStyle: Hashable, Sendable {
  /// On which side the content stands.
  public enum Alignment: Hashable, Sendable {
    /// Texts left, numbers right.
    case general

    /// At the left.
    case left

    /// At the right.
    case right

    /// In the middle.
    case center
  }

  /// The rules of a sum.
  public enum Rule: Hashable, Sendable {
    /// None.
    case none

    /// One above.
    case above

    /// One above, a double one below.
    case aboveAndBelow

    /// One below.
    case below
  }

  /// The code of the number's format, such as `#,##0_);(#,##0)`; `nil` for the number as it is.
  public var numberFormat: String?

  /// Whether the letters are bold.
  public var isBold = false

  /// Whether the letters are grey: what is beside the matter.
  public var isGrey = false

  /// Whether long texts are broken into lines.
  public var isWrapped = false

  /// On which side the content stands.
  public var alignment = Alignment.general

  /// How far the content stands in; 0 to 15.
  public var indent = 0

  /// The rules above and below.
  public var rule = Rule.none

  /// The size of the letters in points.
  public var size = 10

  /// A plain style.
  public init() {}

  /// A style with bold letters.
  public static let bold: SheetStyle = {
    var style = SheetStyle()
    style.isBold = true
    return style
  }()
}

/// How a sheet is set up, for the screen and for paper.
public struct SheetSetup: Hashable, Sendable {
  /// Its name, for people; ``XLSXFile`` makes it one that spreadsheets take.
  public var name: String

  /// The widths of its columns, in characters.
  public var widths: [Int]

  /// How many rows stay in view, and are repeated on each page of paper.
  public var frozenRowCount = 0

  /// How many columns stay in view.
  public var frozenColumnCount = 0

  /// Whether pages lie on their side.
  public var isLandscape = false

  /// Whether the last frozen row has the buttons of a filter.
  public var hasFilter = false

  /// Whether lines are drawn between cells.
  public var hasGridlines = true

  /// A sheet with these aspects.
  public init(_ name: String, widths: [Int]) {
    self.name = name
    self.widths = widths
  }
}
