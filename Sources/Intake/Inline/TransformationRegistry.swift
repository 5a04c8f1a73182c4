import XML

/// The numeric rules of the transformation registries 1 to 5 of XBRL International, and of the SEC's.
enum TransformationRegistry {
  /// The characters that are dashes for the registries.
  static let dashes =
    "-\u{58A}\u{5BE}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{FE58}\u{FE63}\u{FF0D}"
  private static let spaces = " \u{A0}"
  private static let apostrophes = "'`\u{B4}\u{2019}\u{2032}"
  private static let wide = ".,\u{FF0C}\u{FF0E}"

  private static let first: [String: NumberFormat] = [
    "numcommadot": .grouped(separators: ",", decimal: ".", .threes),
    "numdotcomma": .grouped(separators: ".", decimal: ",", .threes),
    "numspacedot": .grouped(separators: spaces, decimal: ".", .threes),
    "numspacecomma": .grouped(separators: spaces, decimal: ",", .threes),
    "numcomma": .grouped(separators: "", decimal: ",", .free),
    "numdash": .dash("-"),
  ]
  private static let second: [String: NumberFormat] = [
    "numdotdecimal": .grouped(separators: "," + spaces, decimal: ".", .optionalThrees),
    "numcommadecimal": .grouped(separators: "." + spaces, decimal: ",", .optionalThrees),
    "numunitdecimal": .units(separators: wide, .optionalThrees),
    "zerodash": .dash(dashes),
    "nocontent": .nothing,
  ]
  private static let third = second.merging(
    [
      "numdotdecimalin": .grouped(separators: "," + spaces, decimal: ".", .indian),
      "numunitdecimalin": .units(separators: "," + spaces, .indian),
    ],
    uniquingKeysWith: { first, _ in first }
  )
  private static let fourth: [String: NumberFormat] = [
    "num-dot-decimal": .grouped(separators: "," + spaces, decimal: ".", .free),
    "num-comma-decimal": .grouped(separators: "." + spaces, decimal: ",", .free),
    "num-unit-decimal": .units(separators: wide, .free),
    "fixed-zero": .zero,
    "fixed-empty": .nothing,
  ]
  private static let fifth = fourth.merging(
    [
      "num-dot-decimal-apos":
        .grouped(separators: "," + spaces + apostrophes, decimal: ".", .free),
      "num-comma-decimal-apos":
        .grouped(separators: "." + spaces + apostrophes, decimal: ",", .free),
      "num-unit-decimal-apos": .units(separators: wide + apostrophes + "\u{FF07}", .free),
    ],
    uniquingKeysWith: { first, _ in first }
  )

  /// The rules of each registry, by the address of its namespace.
  private static let rules: [String: [String: NumberFormat]] = [
    "http://www.xbrl.org/2008/inlineXBRL/transformation": first,
    "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20": first,
    "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31": second,
    "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26": third,
    "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12": fourth,
    "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16": fifth,
    "http://www.sec.gov/inlineXBRL/transformation/2015-08-31": ["numwordsen": .englishWords],
  ]

  /// The numeric rule of this name; `nil` if no registry has it.
  static subscript(_ name: XMLName) -> NumberFormat? { rules[name.namespace]?[name.local] }

  /// Whether there is a registry of this namespace.
  static func isKnown(_ namespace: String) -> Bool { rules[namespace] != nil }
}
