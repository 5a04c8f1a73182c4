import Platform

/// A program that is installed beside this one, because it needs libraries that no other command needs.
enum SisterProgram {
  /// Replaces this process by a program, so that signals arrive there.
  ///
  /// - Throws: `FileFailure` if there is no such program beside this one.
  static func become(_ name: String, _ words: [String]) throws {
    let own = ThisProcess.programPath ?? CommandLine.arguments[0]
    let path = String(own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex)) + "/" + name
    do {
      try ThisProcess.become(path, words)
    } catch {
      throw FileFailure(
        path: path,
        message: "it cannot be started: \(error.message)",
        remedy: "build it beside this program with: "
          + "swift build -c release --traits Server --product \(name)"
      )
    }
  }
}
