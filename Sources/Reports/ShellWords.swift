/// Words as a POSIX shell takes them, for commands that are printed to be pasted.
public enum ShellWords {
  /// The words on one line, each in single quotes where the shell would change it.
  public static func joined(_ words: [String]) -> String {
    words.map { word in
      let isPlain = word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "="):
          true
        default: false
        }
      }
      return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: #"'\''"#))'"
    }.joined(separator: " ")
  }

  /// The words of a line that `joined` wrote.
  ///
  /// Quotes that are not closed end with the line: what it says is compared with what `joined`
  /// writes, and refused then.
  public static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var (isQuoted, isEscaped) = (false, false)
    for character in line {
      if isEscaped {
        (word, isEscaped) = ((word ?? "") + String(character), false)
      } else if character == "'" {
        (word, isQuoted) = (word ?? "", !isQuoted)
      } else if isQuoted {
        word = (word ?? "") + String(character)
      } else if character == "\\" {
        isEscaped = true
      } else if character == " " {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
