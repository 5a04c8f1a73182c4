import Platform

/// What could not be read or written, and why.
struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let message: String
  let remedy: String

  var description: String { "\(path): \(message); \(remedy)" }

  /// The failure of a call of the operating system.
  init(_ error: SystemError, path: String? = nil, remedy: String) {
    self.init(path: path ?? error.path ?? error.function, message: error.message, remedy: remedy)
  }

  init(path: String, message: String, remedy: String) {
    self.path = path
    self.message = message
    self.remedy = remedy
  }
}
