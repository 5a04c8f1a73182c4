import CXlsxWriter

/// Why a workbook cannot be written.
public struct XLSXFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and what to do.
  public let description: String

  /// What to do about a workbook that the disk did not take.
  static let makeRoom = "make room in the folder for temporary files, or name another with TMPDIR"

  init(_ message: String, remedy: String) { description = "\(message); \(remedy)" }

  /// What the library says.
  init(_ code: lxw_error, path: String) {
    // The texts are constants of the library.
    let text =
      unsafe lxw_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
    self.init(
      "\(path): the workbook cannot be written: \(text)",
      remedy: Self.makeRoom
    )
  }
}
