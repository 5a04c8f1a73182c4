/// A currency that a caption names: by its code, its name or its sign.
public struct CurrencyMention: Hashable, Sendable {
  /// The words as written: `euros`, `Canadian dollars`, `€`.
  public let text: String

  /// The codes of the currencies that can be meant: `dollars` are of many countries.
  public let codes: Set<String>

  /// The currencies that a caption names, in its order.
  ///
  /// A sign or a name that several currencies have stands for all of them. A code counts where it is
  /// written in capitals, and is no English word of a caption in capitals.
  public static func mentions(in caption: String) -> [CurrencyMention] {
    let isShouted = !caption.contains(where: \.isLowercase)
    let words = caption.split { !($0.isLetter || $0.isNumber || "$€£¥₩₹₽₪₺฿₫₱₴₦'’".contains($0)) }
      .flatMap(Self.parts)
    var mentions: [CurrencyMention] = []
    var index = 0
    while index < words.count {
      if let (count, codes) = named(words[index...], isShouted: isShouted) {
        let text = words[index..<index + count].joined(separator: " ")
        mentions.append(CurrencyMention(text: text, codes: codes))
        index += count
      } else {
        index += 1
      }
    }
    return mentions
  }

  /// A word with a sign before or behind it, apart: `€m`, `US$`, `C$000`.
  private static func parts(of word: Substring) -> [Substring] {
    guard let sign = word.firstIndex(where: { signs[String($0)] != nil }) else { return [word] }
    let after = word.index(after: sign)
    let rest = word[after...]
    return [word[..<after]] + (rest.isEmpty ? [] : parts(of: rest))
  }

  /// How many of the words name a currency, and which can be meant; `nil` if the first begins none.
  private static func named(
    _ words: ArraySlice<Substring>,
    isShouted: Bool
  ) -> (count: Int, codes: Set<String>)? {
    guard let first = words.first else { return nil }
    if let codes = codes(ofSign: first) { return (1, codes) }
    if Currency.isCurrency(first), !(isShouted && englishWords.contains(String(first))) {
      return (1, [String(first)])
    }
    // The longest name first: `New Taiwan dollars`, `Swiss francs`, `euros`.
    for count in (1...min(3, words.count)).reversed() {
      let name = words.prefix(count).map { $0.lowercased() }.joined(separator: " ")
      if let codes = names[name] ?? (name.hasSuffix("s") ? names[String(name.dropLast())] : nil) {
        return (count, Set(codes))
      }
    }
    return nil
  }

  /// The currencies of a sign: `US$`, `€`; `nil` for any other word.
  private static func codes(ofSign word: Substring) -> Set<String>? {
    guard let sign = word.last, let all = signs[String(sign)] else { return nil }
    let country = word.dropLast().uppercased()
    guard sign == "$", !country.isEmpty else { return Set(all) }
    // A small letter alone is one of a word.
    guard country.count > 1 || word.first?.isLowercase != true else { return nil }
    return dollars[country].map { [$0] } ?? (Currency.isCurrency(country) ? [country] : Set(all))
  }

  /// Codes that are English words, too.
  private static let englishWords: Set<String> = ["ALL", "CUP", "GEL", "MOP", "PEN", "TOP", "TRY"]

  private static let dollarCodes = [
    "USD", "AUD", "BBD", "BMD", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD",
    "NAD",
    "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "XCD", "ZWL",
  ]
  private static let pesoCodes = ["ARS", "CLP", "COP", "CUP", "DOP", "MXN", "PHP", "UYU"]

  private static let signs: [String: [String]] = [
    "$": dollarCodes + pesoCodes + ["BRL", "NIO"], "€": ["EUR"],
    "£": ["GBP", "EGP", "FKP", "GIP", "LBP", "SHP"], "¥": ["JPY", "CNY"], "₩": ["KRW", "KPW"],
    "₹": ["INR"], "₽": ["RUB"], "₪": ["ILS"], "₺": ["TRY"], "฿": ["THB"], "₫": ["VND"],
    "₱": ["PHP"], "₴": ["UAH"], "₦": ["NGN"],
  ]

  /// The currencies of the letters before a dollar sign.
  private static let dollars = [
    "US": "USD", "U.S.": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "CDN": "CAD",
    "CAN": "CAD", "HK": "HKD", "NT": "TWD", "NZ": "NZD", "R": "BRL", "S": "SGD", "MEX": "MXN",
    "MX": "MXN", "J": "JMD",
  ]

  /// The currencies of names in the singular.
  private static let names: [String: [String]] = [
    "dollar": dollarCodes, "us dollar": ["USD"], "u s dollar": ["USD"],
    "united states dollar": ["USD"], "american dollar": ["USD"], "canadian dollar": ["CAD"],
    "australian dollar": ["AUD"], "new zealand dollar": ["NZD"], "hong kong dollar": ["HKD"],
    "singapore dollar": ["SGD"], "new taiwan dollar": ["TWD"], "taiwan dollar": ["TWD"],
    "euro": ["EUR"], "yen": ["JPY"], "japanese yen": ["JPY"], "sterling": ["GBP"],
    "pounds sterling": ["GBP"], "pound sterling": ["GBP"], "british pound": ["GBP"],
    "swiss franc": ["CHF"],
    "franc": ["CHF", "BIF", "CDF", "DJF", "GNF", "KMF", "RWF", "XAF", "XOF"],
    "renminbi": ["CNY"], "rmb": ["CNY"], "yuan": ["CNY"], "chinese yuan": ["CNY"],
    "korean won": ["KRW"], "south korean won": ["KRW"],
    "rupee": ["INR", "LKR", "MUR", "NPR", "PKR"],
    "indian rupee": ["INR"], "peso": pesoCodes, "mexican peso": ["MXN"],
    "argentine peso": ["ARS"], "chilean peso": ["CLP"], "colombian peso": ["COP"],
    "philippine peso": ["PHP"], "brazilian real": ["BRL"], "brazilian reais": ["BRL"],
    "reais": ["BRL"], "rand": ["ZAR"], "south african rand": ["ZAR"], "ruble": ["RUB"],
    "rouble": ["RUB"], "russian ruble": ["RUB"], "krona": ["SEK", "ISK"], "kronor": ["SEK"],
    "swedish krona": ["SEK"], "swedish kronor": ["SEK"], "krone": ["DKK", "NOK"],
    "kroner": ["DKK", "NOK"], "danish krone": ["DKK"], "danish kroner": ["DKK"],
    "norwegian krone": ["NOK"], "norwegian kroner": ["NOK"], "zloty": ["PLN"],
    "polish zloty": ["PLN"], "shekel": ["ILS"], "new israeli shekel": ["ILS"], "nis": ["ILS"],
    "turkish lira": ["TRY"], "baht": ["THB"], "thai baht": ["THB"], "ringgit": ["MYR"],
    "rupiah": ["IDR"], "forint": ["HUF"], "koruna": ["CZK"], "czech koruna": ["CZK"],
    "naira": ["NGN"], "dirham": ["AED", "MAD"], "riyal": ["SAR", "QAR", "OMR", "YER"],
  ]
}
