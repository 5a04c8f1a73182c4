import Facts

/// What looks mistyped in a table that a person filled in.
///
/// It is told, and recorded all the same.
enum TableDoubts {
  /// Why a value looks wrong beside the prior one; `nil` if it does not.
  static func doubt(_ value: Amount, before: Amount) -> String? {
    guard !value.isZero, !before.isZero else { return nil }
    let (now, then) = (value.fixedPoint.magnitude, before.fixedPoint.magnitude)
    let isMore = now > then
    let (large, small) = isMore ? (now, then) : (then, now)
    let times = large / small
    let words = isMore ? "times its prior value" : "th of its prior value"
    switch times {
    case 300...: break
    case 9...11 where large % small == 0 || times == 10: break
    default: return nil
    }
    let factor = isMore ? "\(times) \(words)" : "a \(times)\(words)"
    return times >= 300
      ? "\(value) is \(factor), \(before): values are in full units, whatever the document prints"
      : "\(value) is \(factor), \(before): has it a digit too \(isMore ? "many" : "few")?"
  }

  /// Why the number of a filing that is new looks wrong; `nil` if it does not.
  static func doubt(ofFiling filing: Filing, _ known: KnownDefinitions) throws -> String? {
    guard filing.entity.hasPrefix("cik:") else { return nil }
    let name = Array(filing.filing.utf8)
    guard isAccession(name) else {
      return "\"\(filing.filing)\" is no accession number, such as 0001157523-05-001696"
    }
    for index in name.indices where 0x30...0x39 ~= name[index] {
      for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != name[index] {
        var other = name
        other[index] = digit
        let text = String(decoding: other, as: UTF8.self)
        if try known.filing(text) != nil {
          return
            "filing \(filing.filing) is new, and differs in one digit from \(text), which is recorded"
        }
      }
    }
    return nil
  }

  private static func isAccession(_ name: [UInt8]) -> Bool {
    name.count == 20
      && name.enumerated().allSatisfy { index, byte in
        index == 10 || index == 13 ? byte == UInt8(ascii: "-") : 0x30...0x39 ~= byte
      }
  }
}
