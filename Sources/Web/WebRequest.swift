/// A request as it came, before anybody looked at what it asks for.
public struct WebRequest: Sendable {
  /// The method, `GET`.
  public var method: String

  /// The parts of the path between slashes, decoded; one empty part for `/`.
  public var path: [String]

  /// The items of the query in their order, decoded.
  public var query: [(name: String, value: String)]

  /// The path and the query as they came.
  public var target: String

  /// The headers, by their names in lower case; of several with one name, all with commas between them.
  public var headers: [String: String]

  /// The body.
  public var body: [UInt8]

  /// The most bytes that a path with its query may have.
  public static let targetByteCountMax = 8192

  /// A request.
  ///
  /// - Parameters:
  ///   - target: The path with its query, percent-encoded.
  ///   - headers: By names in lower case.
  /// - Throws: ``Problem`` 400 for a path that does not begin with a slash or does not decode to text
  ///   without control characters, 414 for one that is too long.
  public init(
    _ method: String,
    _ target: String,
    headers: [String: String] = [:],
    body: [UInt8] = []
  ) throws(Problem) {
    guard target.utf8.count <= Self.targetByteCountMax else {
      throw Problem(414, "the address is too long")
    }
    guard target.hasPrefix("/") else { throw Problem(400, "the path does not begin with a slash") }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
    path = []
    for part in parts[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      path.append(try Self.decoded(part, isQuery: false))
    }
    query = []
    for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
      let sides = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count > 1 ? try Self.decoded(sides[1], isQuery: true) : ""
      query.append((try Self.decoded(sides[0], isQuery: true), value))
    }
  }

  /// The text that a part of an address stands for (RFC 3986 section 2.1).
  private static func decoded(_ text: Substring, isQuery: Bool) throws(Problem) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst()?.hexadecimalDigit,
          let low = rest.popFirst()?.hexadecimalDigit
        else { throw Problem(400, "the address has a % without two hexadecimal digits") }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where isQuery: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self),
      !decoded.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw Problem(400, "the address does not decode to text") }
    return decoded
  }
}

extension UInt8 {
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension String {
  /// The text as a part of a path or a query (RFC 3986 section 2.3): all but unreserved characters encoded.
  var percentEncoded: String {
    var bytes: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
