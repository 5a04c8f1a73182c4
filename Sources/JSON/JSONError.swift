import CJSON

/// Text that is not JSON, or JSON that this module refuses.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong, and what would be right.
  public let message: String

  /// Where it went wrong: an offset from the start of the text, in bytes.
  public let byteOffset: Int

  /// Creates an error, for readers that find a well-formed value unfit.
  public init(message: String, byteOffset: Int) {
    self.message = message
    self.byteOffset = byteOffset
  }
}

extension JSONError: CustomStringConvertible {
  /// The offset and the message.
  public var description: String { "byte \(byteOffset): \(message)" }
}

extension JSONError {
  init(_ error: cjson_error, depthLimit: Int) {
    let message =
      switch Int(error.code) {
      case CJSON_INVALID_UTF8: "the bytes are not UTF-8"
      case CJSON_UNCLOSED_STRING: "the string that starts here is not closed"
      case CJSON_CONTROL_CHARACTER:
        "a control character in a string; write it as an escape, such as \\n"
      case CJSON_INVALID_ESCAPE: "not an escape of JSON; a backslash itself is written \\\\"
      case CJSON_LONE_SURROGATE: "half of a surrogate pair; both halves must stand together"
      case CJSON_INVALID_NUMBER: "not a number of JSON, such as -12, 0.5 or 6e23"
      case CJSON_EXPECTED_VALUE:
        "expected a value: a string, a number, an array, an object, true, false or null"
      case CJSON_EXPECTED_KEY: "expected a key in double quotes"
      case CJSON_EXPECTED_COLON: "expected a colon after the key"
      case CJSON_EXPECTED_COMMA_OR_BRACKET: "expected a comma or ] after the element"
      case CJSON_EXPECTED_COMMA_OR_BRACE: "expected a comma or } after the member"
      case CJSON_EXPECTED_END: "expected nothing more after the value"
      case CJSON_UNEXPECTED_END: "the text ends too early"
      case CJSON_DUPLICATE_KEY: "the object has this key twice"
      case CJSON_TOO_DEEP: "nested deeper than \(depthLimit) arrays and objects"
      default: preconditionFailure("\(error.code) is no code of an error")
      }
    self.init(message: message, byteOffset: Int(error.offset))
  }
}
